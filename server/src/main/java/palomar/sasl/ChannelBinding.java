package palomar.sasl;

import java.util.Optional;

/// What both ends of a TLS session know and nobody between them. RFC 5056
public interface ChannelBinding {
    /// A connection without TLS, or behind a proxy that ended it.
    ChannelBinding NONE = new ChannelBinding() {
        @Override
        public boolean available() {
            return false;
        }

        @Override
        public Optional<byte[]> data(String type) {
            return Optional.empty();
        }
    };

    /// True when there is data of some type.
    boolean available();

    /// The data of a registered type, as `tls-exporter`; empty when this connection has none of it.
    Optional<byte[]> data(String type);
}
