package palomar.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import palomar.bytes.ByteInput;
import palomar.bytes.ByteOutput;
import palomar.smtp.proto.SmtpReply;

/// One connection to a relay: bytes with deadlines. All failures of the network are [RelayTrouble]. One thread.
final class SmtpWire implements AutoCloseable {
    private static final int INPUT = 8 * 1024;

    /// What [PhaseLimits#block] is for.
    private static final int OUTPUT = 16 * 1024;

    private final RelaySettings settings;
    private final Socket plain;
    private final Watchdog.Leash leash;
    private final ReplyReader replies;
    private final Input in;
    private final Output out;
    private String phase = "connecting";

    private SmtpWire(RelaySettings settings, Watchdog watchdog) {
        this.settings = settings;
        this.plain = new Socket();
        this.leash = watchdog.watch(plain);
        this.in = new Input();
        this.out = new Output();
        this.replies = new ReplyReader(in);
    }

    /// Connects, to the first of the host's addresses that answers.
    static SmtpWire connect(RelaySettings settings, Watchdog watchdog) throws RelayTrouble {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(settings.host());
        } catch (UnknownHostException unknown) {
            throw new RelayTrouble("4.4.3", "the relay " + settings.host() + " has no address (DNS)");
        }
        RelayTrouble last = new RelayTrouble("4.4.1", "the relay " + settings.where() + " has no address");
        for (InetAddress address : addresses) {
            SmtpWire wire = new SmtpWire(settings, watchdog);
            try {
                wire.connect(address);
                return wire;
            } catch (IOException failed) {
                wire.close();
                last = new RelayTrouble(
                        "4.4.1", "can't connect to the relay " + settings.where() + ": " + failed.getMessage());
            }
        }
        throw last;
    }

    private void connect(InetAddress address) throws IOException {
        Duration limit = settings.limits().connect();
        plain.connect(new InetSocketAddress(address, settings.port()), (int) Math.max(1, limit.toMillis()));
        plain.setTcpNoDelay(true);
        in.stream = plain.getInputStream();
        out.stream = plain.getOutputStream();
    }

    /// Puts TLS around it. What the relay sent ahead in plain is dropped: RFC 3207 5, the injection guard.
    SSLSocket startTls(ClientTls tls) throws RelayTrouble {
        in.discardBuffered();
        phase("the TLS handshake", settings.limits().connect());
        try {
            SSLSocket secured = tls.handshake(plain, settings.host(), settings.port());
            in.stream = secured.getInputStream();
            out.stream = secured.getOutputStream();
            return secured;
        } catch (IOException failed) {
            if (leash.expired()) {
                throw trouble(failed);
            }
            throw new RelayTrouble(
                    "4.7.5", "no TLS with the relay " + settings.where() + ": " + String.valueOf(failed.getMessage()));
        }
    }

    /// What we wait for from now on, and how long.
    void phase(String name, Duration limit) {
        phase = name;
        leash.set(limit);
    }

    /// Nothing is waited for.
    void rest() {
        leash.clear();
    }

    ByteOutput out() {
        return out;
    }

    /// Buffered output goes out before it waits.
    SmtpReply reply() throws IOException {
        out.flush();
        return replies.next();
    }

    /// Waits for a reply only as long as this, in all.
    SmtpReply reply(String what, Duration limit) throws IOException {
        phase(what, limit);
        return reply();
    }

    boolean isLoopback() {
        InetAddress address = plain.getInetAddress();
        return address != null && address.isLoopbackAddress();
    }

    private RelayTrouble trouble(IOException cause) {
        if (leash.expired()) {
            return new RelayTrouble("4.4.2", "the relay " + settings.where() + " took too long: " + phase);
        }
        return new RelayTrouble(
                "4.4.2",
                "the connection to the relay " + settings.where() + " broke (" + phase + "): " + cause.getMessage());
    }

    @Override
    public void close() {
        leash.end();
        try {
            plain.close();
        } catch (IOException e) {
            // Thrown away: the descriptor is gone either way.
            phase = "closed";
        }
    }

    private final class Input extends ByteInput {
        private InputStream stream = InputStream.nullInputStream();

        @Override
        protected boolean refill() throws IOException {
            if (buffer.length == 0) {
                buffer = new byte[INPUT];
            }
            try {
                int count = stream.read(buffer, 0, buffer.length);
                position = 0;
                limit = Math.max(count, 0);
                return count > 0;
            } catch (IOException failed) {
                throw trouble(failed);
            }
        }
    }

    private final class Output extends ByteOutput {
        private OutputStream stream = OutputStream.nullOutputStream();

        Output() {
            buffer = new byte[OUTPUT];
        }

        @Override
        protected void drain() throws IOException {
            try {
                stream.write(buffer, 0, position);
                position = 0;
            } catch (IOException failed) {
                throw trouble(failed);
            }
        }

        @Override
        public void flush() throws IOException {
            drain();
            try {
                stream.flush();
            } catch (IOException failed) {
                throw trouble(failed);
            }
        }
    }
}
