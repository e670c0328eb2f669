package dev.sockbed.common.testing;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives every {@code await()} of these tests as much time as a {@link Peer} has. JUnit finds it by
 * itself, in {@code META-INF/services}, in all modules.
 */
public final class PatientAwaits implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(Peer.PATIENCE);
  }
}
