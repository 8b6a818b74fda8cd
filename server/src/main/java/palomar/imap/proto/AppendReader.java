package palomar.imap.proto;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import palomar.mail.Flags;

/// Pulls the messages of one APPEND from the connection, and gets the dialogue back in step when the handler stops
/// early. RFC 9051 6.3.12, RFC 3502
final class AppendReader implements AppendMessages {
    private static final Step END = new End();

    private final Arguments args;
    private final LineInput line;
    private int messages;

    /// The literal that was announced last, until it has been read.
    private @org.jspecify.annotations.Nullable Incoming pending;

    /// Nothing more may be asked.
    private boolean over;

    AppendReader(Arguments args) {
        this.args = args;
        this.line = args.line();
    }

    @Override
    public Step next() throws IOException {
        if (over || pending != null) {
            throw new IllegalStateException(over ? "the APPEND is over" : "the last message was not read");
        }
        try {
            Step step = parse();
            over = !(step instanceof Message);
            return step;
        } catch (SyntaxException e) {
            over = true;
            return new Malformed(e.why());
        }
    }

    private Step parse() throws IOException, SyntaxException {
        if (messages > 0) {
            line.begin();
            if (line.atLineEnd()) {
                args.end();
                return END;
            }
        }
        args.space("a message literal");
        Flags flags = Flags.NONE;
        if (args.isNext('(')) {
            flags = args.flagList();
            args.space("a message literal");
        }
        Optional<Instant> date = Optional.empty();
        if (args.isNext('"')) {
            date = Optional.of(args.dateTime());
            args.space("a message literal");
        }
        boolean binary = args.skip('~');
        Arguments.LiteralHeader header = args.literalHeader();
        return announced(flags, date, binary, header);
    }

    private Step announced(Flags flags, Optional<Instant> date, boolean binary, Arguments.LiteralHeader header) {
        Limits limits = line.limits();
        if (header.size() > limits.message()) {
            line.refuseLiteral(header.size(), header.synchronising());
            return new TooBig(header.size(), limits.message());
        }
        if (!header.synchronising() && header.size() > limits.nonSynchronising()) {
            line.refuseLiteral(header.size(), false);
            return new TooBigUnasked(header.size(), limits.nonSynchronising());
        }
        messages++;
        pending = new Incoming(header, binary);
        return new Message(flags, date, pending);
    }

    /// The handler is done, whether or not it asked for everything.
    ///
    /// @return false when the next command can't be reached
    boolean finish() throws IOException {
        over = true;
        if (pending != null) {
            pending.abandon();
            pending = null;
        }
        return line.skipRest();
    }

    /// One announced literal.
    private final class Incoming implements IncomingLiteral {
        private final long size;
        private final boolean binary;
        private final boolean synchronising;
        private long left;
        private boolean asked;

        Incoming(Arguments.LiteralHeader header, boolean binary) {
            this.size = header.size();
            this.left = size;
            this.binary = binary;
            this.synchronising = header.synchronising();
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public boolean isBinary() {
            return binary;
        }

        @Override
        public void transferTo(OutputStream target) throws IOException {
            if (asked || pending != this) {
                throw new IllegalStateException("the message was read already");
            }
            asked = true;
            if (synchronising) {
                line.proceed();
            }
            if (line.bytes().transferTo(new Counting(target), size) < size) {
                throw new EOFException("the client went away within a message");
            }
            pending = null;
            line.openLiteral();
        }

        /// What was not read is either never sent, or has to be skipped.
        void abandon() {
            line.refuseLiteral(left, synchronising && !asked);
        }

        /// Knows how much went through when the target fails.
        private final class Counting extends OutputStream {
            private final OutputStream target;

            Counting(OutputStream target) {
                this.target = target;
            }

            @Override
            public void write(int b) throws IOException {
                target.write(b);
                left--;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                target.write(bytes, offset, length);
                left -= length;
            }
        }
    }
}
