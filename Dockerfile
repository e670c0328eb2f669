# sockbed without a JDK or Maven of one's own:
#
#   docker build -t sockbed .
#   docker run --rm sockbed compare --quick
#   docker run --rm -p 10000:10000/tcp -p 10000:10000/udp sockbed serve --bind 0.0.0.0 --allow-remote
#   docker run --rm --network host sockbed check server tcp://127.0.0.1:10000
#
# Emulated links over real networks need more rights than a container has; relays work.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /sockbed
COPY . .
RUN mvn -B -q package -Dmaven.test.skip=true -Dspotless.check.skip=true

FROM eclipse-temurin:25-jre
RUN useradd --uid 10001 --create-home --home-dir /results sockbed
COPY --from=build /sockbed/bench/target/sockbed.jar /opt/sockbed/
COPY --from=build /sockbed/common/core/src/main/resources/dev/sockbed/common/linux/jvm.args /opt/sockbed/
# File names outside ASCII need a locale of UTF-8.
ENV LC_ALL=C.UTF-8
USER 10001
WORKDIR /results
EXPOSE 10000/tcp 10000/udp
ENTRYPOINT ["java", "@/opt/sockbed/jvm.args", "-jar", "/opt/sockbed/sockbed.jar"]
CMD ["--help"]
