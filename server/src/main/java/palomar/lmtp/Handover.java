package palomar.lmtp;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import palomar.delivery.LdaExit;
import palomar.delivery.LdaRequest;
import palomar.delivery.LocalMessage;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReply;

/// Hands a message to a running server by LMTP: `palomar deliver` while a server has the store. One thread.
public final class Handover implements AutoCloseable {
    private static final int MOST_LINE = 2048;

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    private Handover(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 64 * 1024);
    }

    /// Connects to the server's Unix socket or TCP address.
    public static Handover connect(SocketAddress server) throws IOException {
        SocketChannel channel = server instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
            channel.connect(server);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new Handover(channel);
    }

    /// Reads the message to its end and hands it over. What the connection refuses or loses is a temporary
    /// failure.
    ///
    /// @param separator between user and detail, as the server has it; the request's mailbox is the detail
    /// @param keepsDomain whether the server takes an address's domain as part of the user's name
    /// @param complain takes a line for the person or MTA that called, when it does not end well
    public LdaExit deliver(
            LdaRequest request, String separator, boolean keepsDomain, InputStream message, Consumer<String> complain)
            throws IOException {
        LocalMessage local = new LocalMessage(message);
        Optional<SmtpPath> inFile = local.takeFromLine();
        SmtpPath sender = request.from().or(() -> inFile).orElse(SmtpPath.NULL);
        SmtpPath recipient = recipient(request, separator, keepsDomain);
        boolean utf8 = sender.needsUtf8() || recipient.needsUtf8();
        SmtpReply reply = read();
        reply = reply.refuses() ? reply : ask("LHLO localhost");
        reply = reply.refuses() ? reply : ask("MAIL FROM:" + sender + " BODY=8BITMIME" + (utf8 ? " SMTPUTF8" : ""));
        reply = reply.refuses() ? reply : ask("RCPT TO:" + recipient);
        reply = reply.refuses() ? reply : ask("DATA");
        if (!reply.refuses()) {
            Stuffing stuffing = new Stuffing(out);
            local.copyTo(stuffing);
            stuffing.end();
            out.flush();
            reply = read();
        }
        if (reply.refuses()) {
            complain.accept("the server says: " + reply);
        }
        return LdaExit.ofReply(reply.code(), reply.enhanced());
    }

    /// The address that means this user: where domains are dropped, `joe@example.org` is `"joe@example.org"`, because
    /// joe may be somebody else.
    private static SmtpPath recipient(LdaRequest request, String separator, boolean keepsDomain) {
        int cut = keepsDomain ? request.user().lastIndexOf('@') : -1;
        String local = cut > 0 ? request.user().substring(0, cut) : request.user();
        String domain = cut > 0 ? request.user().substring(cut + 1) : "";
        return new SmtpPath(
                local + request.mailbox().map(name -> separator + name).orElse(""), domain);
    }

    private SmtpReply ask(String command) throws IOException {
        out.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return read();
    }

    private SmtpReply read() throws IOException {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        boolean good = line.length() >= 4 && line.chars().limit(3).allMatch(c -> c >= '0' && c <= '9');
        if (!good || line.charAt(0) < '2' || line.charAt(0) > '5') {
            throw new IOException("no answer of LMTP: " + line);
        }
        int code = Integer.parseInt(line.substring(0, 3));
        String text = line.substring(4);
        int space = text.indexOf(' ');
        boolean enhanced = space > 0 && text.charAt(0) == line.charAt(0) && text.charAt(1) == '.';
        return enhanced
                ? SmtpReply.of(code, text.substring(0, space), text.substring(space + 1))
                : SmtpReply.of(code, "", text);
    }

    private String line() throws IOException {
        byte[] bytes = new byte[MOST_LINE];
        int length = 0;
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (b == '\n') {
                return new String(bytes, 0, length, StandardCharsets.UTF_8).stripTrailing();
            }
            if (length < MOST_LINE) {
                bytes[length++] = (byte) b;
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Doubles dots at the start of lines and ends the message. RFC 5321 4.5.2
    private static final class Stuffing extends OutputStream {
        private final OutputStream to;
        private int beforeLast = '\r';
        private int last = '\n';

        Stuffing(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            if (b == '.' && last == '\n' && beforeLast == '\r') {
                to.write('.');
            }
            to.write(b);
            beforeLast = last;
            last = b;
        }

        /// A message that does not end with a line end gets one: there is no other way to say it.
        void end() throws IOException {
            boolean lineStart = last == '\n' && beforeLast == '\r';
            to.write((lineStart ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
