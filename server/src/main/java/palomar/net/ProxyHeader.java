package palomar.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import palomar.bytes.ByteInput;

/// What a proxy says about the connection it passes on: the PROXY protocol, versions 1 and 2, as HAProxy's
/// proxy-protocol.txt defines it.
sealed interface ProxyHeader {

    /// The proxy's own connection (a health check), or one of a kind we don't know: addresses stay as they are.
    record Local() implements ProxyHeader {}

    /// A passed-on connection.
    ///
    /// @param tls what the client and the proxy agreed on, if TLS ended there
    record Proxied(InetSocketAddress client, InetSocketAddress server, Optional<TlsFacts> tls) implements ProxyHeader {}

    /// Reads one header and not a byte more. Throws [ClientGone] with reason PROXY when it is none.
    static ProxyHeader read(ByteInput in) throws IOException {
        return switch (in.peek()) {
            case 'P' -> V1.read(in);
            case '\r' -> V2.read(in);
            case -1 -> throw new ClientGone(ClientGone.Reason.CLOSED, "closed before the PROXY header");
            default -> throw bad("no PROXY header");
        };
    }

    private static ClientGone bad(String why) {
        return new ClientGone(ClientGone.Reason.PROXY, why);
    }

    /// The line of text: `PROXY TCP4 192.0.2.1 198.51.100.1 1025 143`.
    final class V1 {
        private static final int MOST_BYTES = 107;

        private V1() {}

        private static ProxyHeader read(ByteInput in) throws IOException {
            String[] word = line(in).split(" ", -1);
            if (!word[0].equals("PROXY") || word.length < 2) {
                throw bad("no PROXY header");
            }
            if (word[1].equals("UNKNOWN")) {
                return new Local();
            }
            int octets = switch (word[1]) {
                case "TCP4" -> 4;
                case "TCP6" -> 16;
                default -> throw bad("unknown family in the PROXY header");
            };
            if (word.length != 6) {
                throw bad("the PROXY header needs six words");
            }
            return new Proxied(
                    new InetSocketAddress(address(word[2], octets), port(word[4])),
                    new InetSocketAddress(address(word[3], octets), port(word[5])),
                    Optional.empty());
        }

        private static String line(ByteInput in) throws IOException {
            byte[] bytes = new byte[MOST_BYTES];
            int length = 0;
            while (length < MOST_BYTES) {
                int b = in.read();
                if (b < 0) {
                    throw new ClientGone(ClientGone.Reason.CLOSED, "closed inside the PROXY header");
                }
                bytes[length++] = (byte) b;
                if (b == '\n') {
                    if (length < 2 || bytes[length - 2] != '\r') {
                        throw bad("the PROXY header ends without CR");
                    }
                    return new String(bytes, 0, length - 2, StandardCharsets.ISO_8859_1);
                }
            }
            throw bad("the PROXY header is too long");
        }

        private static InetAddress address(String text, int octets) {
            InetAddress address;
            try {
                address = InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException e) {
                throw bad("no address in the PROXY header");
            }
            // A v4-mapped address in a TCP6 header becomes a plain v4 one, which is what limits and logs want.
            boolean written = octets == 16 ? text.indexOf(':') >= 0 : dottedQuad(text);
            if (!written || address.getAddress().length > octets) {
                throw bad("an address of another family in the PROXY header");
            }
            return address;
        }

        /// The JDK also takes `127.1` and `2130706433`, which no proxy may write.
        private static boolean dottedQuad(String text) {
            return text.chars().filter(c -> c == '.').count() == 3;
        }

        private static int port(String text) {
            boolean digits =
                    !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            int port = digits ? Integer.parseInt(text) : -1;
            if (port < 0 || port > 65_535) {
                throw bad("no port in the PROXY header");
            }
            return port;
        }
    }

    /// The binary header: signature, command, family, length, addresses, type-length-value fields.
    final class V2 {
        private static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
        };
        private static final int FIXED = 16;
        private static final int MOST_BYTES = 4096;
        private static final int TCP_OVER_V4 = 0x11;
        private static final int TCP_OVER_V6 = 0x21;
        private static final int TYPE_AUTHORITY = 0x02;
        private static final int TYPE_CRC32C = 0x03;
        private static final int TYPE_SSL = 0x20;
        private static final int SUBTYPE_SSL_VERSION = 0x21;
        private static final int SUBTYPE_SSL_CN = 0x22;
        private static final int SUBTYPE_SSL_CIPHER = 0x23;
        private static final int CLIENT_SSL = 0x01;

        private V2() {}

        private static ProxyHeader read(ByteInput in) throws IOException {
            byte[] fixed = exactly(in, FIXED);
            if (!Arrays.equals(fixed, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
                throw bad("no PROXY header");
            }
            int version = fixed[12] & 0xf0;
            int command = fixed[12] & 0x0f;
            int family = fixed[13] & 0xff;
            int length = (fixed[14] & 0xff) << 8 | fixed[15] & 0xff;
            if (version != 0x20 || command > 1) {
                throw bad("unknown version or command in the PROXY header");
            }
            if (length > MOST_BYTES) {
                throw bad("the PROXY header is too long");
            }
            byte[] rest = exactly(in, length);
            int addresses = switch (family) {
                case TCP_OVER_V4 -> 12;
                case TCP_OVER_V6 -> 36;
                default -> -1;
            };
            if (command == 0 || addresses < 0) {
                return new Local();
            }
            if (length < addresses) {
                throw bad("the PROXY header is too short for its addresses");
            }
            return proxied(fixed, rest, addresses);
        }

        private static ProxyHeader proxied(byte[] fixed, byte[] rest, int addresses) throws UnknownHostException {
            int octets = (addresses - 4) / 2;
            ByteBuffer in = ByteBuffer.wrap(rest);
            byte[] client = new byte[octets];
            byte[] server = new byte[octets];
            in.get(client).get(server);
            int clientPort = in.getShort() & 0xffff;
            int serverPort = in.getShort() & 0xffff;
            Optional<TlsFacts> tls = fields(fixed, rest, in);
            return new Proxied(
                    new InetSocketAddress(InetAddress.getByAddress(client), clientPort),
                    new InetSocketAddress(InetAddress.getByAddress(server), serverPort),
                    tls);
        }

        private static Optional<TlsFacts> fields(byte[] fixed, byte[] rest, ByteBuffer in) {
            Optional<String> authority = Optional.empty();
            Optional<TlsFacts> tls = Optional.empty();
            while (in.hasRemaining()) {
                Field field = Field.read(in);
                switch (field.type()) {
                    case TYPE_AUTHORITY -> authority = Optional.of(field.text());
                    case TYPE_CRC32C -> checkSum(fixed, rest, field);
                    case TYPE_SSL -> tls = ssl(field.value());
                    default -> {}
                }
            }
            Optional<String> name = authority;
            return tls.map(t -> new TlsFacts(t.protocol(), t.cipher(), name, t.clientName(), true));
        }

        private static Optional<TlsFacts> ssl(ByteBuffer in) {
            if (in.remaining() < 5) {
                throw bad("a cut TLS field in the PROXY header");
            }
            boolean overTls = (in.get() & CLIENT_SSL) != 0;
            boolean verified = in.getInt() == 0;
            String version = "TLS";
            String cipher = "unknown";
            Optional<String> name = Optional.empty();
            while (in.hasRemaining()) {
                Field field = Field.read(in);
                switch (field.type()) {
                    case SUBTYPE_SSL_VERSION -> version = field.text();
                    case SUBTYPE_SSL_CIPHER -> cipher = field.text();
                    case SUBTYPE_SSL_CN -> name = verified ? Optional.of(field.text()) : Optional.empty();
                    default -> {}
                }
            }
            return overTls
                    ? Optional.of(new TlsFacts(version, cipher, Optional.empty(), name, true))
                    : Optional.empty();
        }

        /// The sum covers the whole header, with its own four bytes taken as zero.
        private static void checkSum(byte[] fixed, byte[] rest, Field field) {
            if (field.value().remaining() != 4) {
                throw bad("a checksum of the wrong length in the PROXY header");
            }
            int at = field.value().arrayOffset() + field.value().position();
            int said = field.value().getInt(field.value().position());
            byte[] zeroed = rest.clone();
            Arrays.fill(zeroed, at, at + 4, (byte) 0);
            CRC32C sum = new CRC32C();
            sum.update(fixed);
            sum.update(zeroed);
            if ((int) sum.getValue() != said) {
                throw bad("wrong checksum in the PROXY header");
            }
        }

        private static byte[] exactly(ByteInput in, int count) throws IOException {
            byte[] bytes = new byte[count];
            int done = 0;
            while (done < count) {
                int got = in.read(bytes, done, count - done);
                if (got < 0) {
                    throw new ClientGone(ClientGone.Reason.CLOSED, "closed inside the PROXY header");
                }
                done += got;
            }
            return bytes;
        }

        private record Field(int type, ByteBuffer value) {
            static Field read(ByteBuffer in) {
                if (in.remaining() < 3) {
                    throw bad("a cut field in the PROXY header");
                }
                int type = in.get() & 0xff;
                int length = in.getShort() & 0xffff;
                if (in.remaining() < length) {
                    throw bad("a field longer than the PROXY header");
                }
                ByteBuffer value = in.duplicate().limit(in.position() + length);
                in.position(in.position() + length);
                return new Field(type, value);
            }

            String text() {
                return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
            }
        }
    }
}
