package palomar.net;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/// Where a listener listens. Its `toString` is for people.
public sealed interface Endpoint {
    /// A TCP address; port 0 lets the system choose.
    record Tcp(InetSocketAddress address) implements Endpoint {
        /// `*:143` for all addresses, `[::1]:143` where the colons need brackets.
        @Override
        public String toString() {
            if (address.getAddress().isAnyLocalAddress()) {
                return "*:" + address.getPort();
            }
            String text = address.getAddress().getHostAddress();
            return (text.indexOf(':') >= 0 ? "[" + shortened(text) + "]" : text) + ":" + address.getPort();
        }

        /// The longest run of zero groups as `::`. RFC 5952 4.2
        private static String shortened(String full) {
            String padded = ":" + full + ":";
            for (int groups = 8; groups > 1; groups--) {
                String run = ":0".repeat(groups) + ":";
                int at = padded.indexOf(run);
                if (at >= 0) {
                    String before = at == 0 ? "" : padded.substring(1, at);
                    int end = at + run.length();
                    return before + "::" + (end == padded.length() ? "" : padded.substring(end, padded.length() - 1));
                }
            }
            return full;
        }
    }

    /// A Unix socket; a stale one in its place is replaced.
    ///
    /// @param mode permission bits, as `0660`
    record Unix(Path path, int mode) implements Endpoint {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }
}
