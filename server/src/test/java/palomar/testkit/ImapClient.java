package palomar.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A small IMAP client for tests and the model checker: sends commands as they are written, reads answers with a
/// parser of its own. One thread.
///
/// ```java
/// try (ImapClient client = ImapClient.connect(address)) {
///     client.ok("LOGIN alice demo");
///     Result fetched = client.ok("FETCH 1 (FLAGS)");
///     client.command("APPEND INBOX", bytes);      // bytes become a synchronising literal
/// }
/// ```
public final class ImapClient implements AutoCloseable {
    private final @Nullable Socket socket;
    private final InputStream buffered;
    private ImapReplyParser in;
    private OutputStream out;
    private final ImapReply greeting;
    private int tags;

    /// A client on streams; waits for the greeting.
    public ImapClient(InputStream in, OutputStream out) throws IOException {
        this(in, out, null);
    }

    private ImapClient(InputStream in, OutputStream out, @Nullable Socket socket) throws IOException {
        this.buffered = new BufferedInputStream(in);
        this.in = new ImapReplyParser(buffered);
        this.out = new BufferedOutputStream(out);
        this.socket = socket;
        this.greeting = read();
    }

    /// Connects without TLS; a server that stays silent for 30 seconds fails the test.
    public static ImapClient connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        return over(socket);
    }

    /// Over a connected socket, for example a TLS one; closed with the client.
    public static ImapClient over(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        return new ImapClient(socket.getInputStream(), socket.getOutputStream(), socket);
    }

    public ImapReply greeting() {
        return greeting;
    }

    /// What a command was answered with.
    ///
    /// @param tagged the tagged response
    /// @param untagged everything before it
    public record Result(ImapReply tagged, List<ImapReply> untagged) {
        public String condition() {
            return tagged.condition();
        }

        public String code() {
            return tagged.code();
        }

        /// The data responses with this name, in order.
        public List<ImapReply> all(String name) {
            return untagged.stream().filter(reply -> reply.name().equals(name)).toList();
        }

        /// The only data response with this name.
        public ImapReply one(String name) {
            List<ImapReply> all = all(name);
            if (all.size() != 1) {
                throw new IllegalStateException(all.size() + " responses " + name + " in " + untagged);
            }
            return all.getFirst();
        }
    }

    /// Sends a command with a tag of its own. Each part is a String, sent as it is, or a `byte[]`, sent as a
    /// synchronising literal when the server asks for it; parts are separated by spaces.
    public Result command(Object... parts) throws IOException {
        String tag = "t" + ++tags;
        write(tag);
        List<ImapReply> untagged = new ArrayList<>();
        for (Object part : parts) {
            write(" ");
            if (part instanceof byte[] literal) {
                write("{" + literal.length + "}\r\n");
                out.flush();
                ImapReply answer = await(tag, untagged);
                if (!answer.tag().equals("+")) {
                    return new Result(answer, List.copyOf(untagged));
                }
                out.write(literal);
            } else {
                write((String) part);
            }
        }
        write("\r\n");
        out.flush();
        return new Result(await(tag, untagged), List.copyOf(untagged));
    }

    /// A command that must succeed.
    public Result ok(Object... parts) throws IOException {
        Result result = command(parts);
        if (!result.condition().equals("OK")) {
            throw new IllegalStateException(
                    String.join(" ", List.of(parts).toString()) + " was answered " + result.tagged());
        }
        return result;
    }

    /// COMPRESS DEFLATE, and all that follows compressed. RFC 4978
    public void compress() throws IOException {
        ok("COMPRESS DEFLATE");
        Compression compression = new Compression(buffered, out);
        in = new ImapReplyParser(compression.in());
        out = new BufferedOutputStream(new FlushedOutput(compression.out(), out));
    }

    /// What is written goes out with each flush.
    private static final class FlushedOutput extends FilterOutputStream {
        private final OutputStream below;

        FlushedOutput(OutputStream compressed, OutputStream below) {
            super(compressed);
            this.below = below;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            super.out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            below.flush();
        }
    }

    /// Sends bytes as they are: pipelines, torn lines, nonsense. Nothing is read.
    public void send(String raw) throws IOException {
        write(raw);
        out.flush();
    }

    /// The next response, whatever it is.
    public ImapReply read() throws IOException {
        ImapReply reply = in.read();
        if (reply == null) {
            throw new EOFException("the server closed the connection");
        }
        return reply;
    }

    /// Everything up to the tagged response with this tag.
    public Result result(String tag) throws IOException {
        List<ImapReply> untagged = new ArrayList<>();
        return new Result(await(tag, untagged), List.copyOf(untagged));
    }

    /// Starts IDLE and waits for the continuation; then [#read()] gives what the server pushes. What comes before
    /// the continuation is returned.
    public List<ImapReply> idle() throws IOException {
        send("t" + ++tags + " IDLE\r\n");
        List<ImapReply> before = new ArrayList<>();
        ImapReply reply = await("t" + tags, before);
        if (!reply.tag().equals("+")) {
            throw new IllegalStateException("IDLE was answered " + reply);
        }
        return List.copyOf(before);
    }

    /// Ends IDLE.
    public Result done() throws IOException {
        send("DONE\r\n");
        return result("t" + tags);
    }

    private ImapReply await(String tag, List<ImapReply> untagged) throws IOException {
        for (; ; ) {
            ImapReply reply = read();
            if (!reply.tag().equals("*")) {
                if (!reply.tag().equals("+") && !reply.tag().equals(tag)) {
                    throw new IllegalStateException(
                            "an answer to " + reply.tag() + " while " + tag + " is in progress");
                }
                return reply;
            }
            untagged.add(reply);
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
