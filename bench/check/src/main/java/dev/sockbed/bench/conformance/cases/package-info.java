/**
 * The cases, by transport and by which end is judged, and the words that their steps are made of.
 *
 * <p>{@link dev.sockbed.bench.conformance.cases.Catalogue} has them all. A case's steps say in
 * words what they do, so that the list of cases can be read without running one. TCP and UDP are
 * twins: {@code TcpServerCases} and {@code UdpServerCases}, {@code TcpClientCases} and {@code
 * UdpClientCases}, {@code TcpDeviceCases} and {@code UdpDeviceCases}.
 */
@NullMarked
package dev.sockbed.bench.conformance.cases;

import org.jspecify.annotations.NullMarked;
