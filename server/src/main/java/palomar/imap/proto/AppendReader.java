package palomar.imap.proto;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.mail.Flags;

/// Pulls the messages of one APPEND from the connection, and gets the dialogue back in step when the handler stops
/// early. RFC 9051 6.3.12, RFC 3502, RFC 4469 5
final class AppendReader implements AppendMessages {
    private static final Step END = new End();
    private static final Part DONE = new Done();

    /// How the data of a message may begin, apart from a literal. The wrapper UTF8 is of RFC 6855 4; RFC 9755 has
    /// done away with it, but clients of that time send it.
    private enum Form {
        ANNOTATION,
        CATENATE,
        UTF8
    }

    private enum PartForm {
        TEXT,
        URL,
        UTF8
    }

    private static final Words<Form> FORMS = Words.of(Form.class);
    private static final Words<PartForm> PART_FORMS = Words.of(PartForm.class);

    private final Arguments args;
    private final LineInput line;
    private final boolean single;
    private int messages;

    /// The literal that was announced last, until it has been read.
    private @Nullable Incoming pending;

    /// The parts that are being pulled.
    private @Nullable Catenated catenated;

    /// The command's text went on behind a literal and has not been looked at.
    private boolean afterLiteral;

    /// That literal stands in UTF8 (...).
    private boolean wrapped;

    /// Nothing more may be asked.
    private boolean over;

    /// @param single REPLACE has one message. RFC 8508 4.7
    AppendReader(Arguments args, boolean single) {
        this.args = args;
        this.single = single;
        this.line = args.line();
    }

    @Override
    public Step next() throws IOException {
        if (over || pending != null || catenated != null) {
            throw new IllegalStateException(over ? "the APPEND is over" : "the last message was not read");
        }
        try {
            Step step = parse();
            over = !(step instanceof Message || step instanceof Catenation);
            return step;
        } catch (SyntaxException e) {
            over = true;
            return new Malformed(e.why());
        }
    }

    private Step parse() throws IOException, SyntaxException {
        if (messages > 0) {
            line.begin();
            endLiteral();
            if (single || line.atLineEnd()) {
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
        @Nullable Map<AnnotationKey, Optional<byte[]>> annotations = Map.of();
        Form form = form();
        if (form == Form.ANNOTATION) {
            annotations = new AnnotationParser(args).values();
            if (annotations == null) {
                return new AnnotationTooBig();
            }
            args.space("a message literal");
            form = form();
            if (form == Form.ANNOTATION) {
                throw args.invalid("ANNOTATION given twice");
            }
        }
        if (form == Form.CATENATE) {
            args.space("parts in parentheses");
            args.take('(', "parts in parentheses");
            messages++;
            Catenated parts = new Catenated();
            catenated = parts;
            return new Catenation(flags, date, annotations, parts);
        }
        Refusal refusal = announce(form == Form.UTF8);
        if (refusal != null) {
            return refusal;
        }
        messages++;
        return new Message(flags, date, annotations, announced());
    }

    private @Nullable Form form() throws IOException, SyntaxException {
        if (!isWordNext()) {
            return null;
        }
        Form form = args.word(FORMS, "a literal");
        if (form == null) {
            throw args.invalid("unknown data " + args.shownWord());
        }
        return form;
    }

    private boolean isWordNext() throws IOException {
        int b = Bytes.upper(args.peek());
        return b >= 'A' && b <= 'Z';
    }

    /// What belongs to the last literal and stands behind it.
    private void endLiteral() throws IOException, SyntaxException {
        if (wrapped && afterLiteral) {
            args.take(')', "the closing parenthesis of UTF8");
        }
        afterLiteral = false;
        wrapped = false;
    }

    /// Takes the head of a literal, which is then pending.
    ///
    /// @return why it is not taken
    private @Nullable Refusal announce(boolean utf8) throws IOException, SyntaxException {
        if (utf8) {
            args.space("a literal in parentheses");
            args.take('(', "a literal in parentheses");
        }
        boolean binary = args.skip('~');
        Arguments.LiteralHeader header = args.literalHeader();
        Limits limits = line.limits();
        if (header.size() > limits.message()) {
            line.refuseLiteral(header.size(), header.synchronising());
            return new TooBig(header.size(), limits.message());
        }
        if (!header.synchronising() && header.size() > limits.nonSynchronising()) {
            line.refuseLiteral(header.size(), false);
            return new TooBigUnasked(header.size(), limits.nonSynchronising());
        }
        wrapped = utf8;
        pending = new Incoming(header, binary);
        return null;
    }

    private Incoming announced() {
        Incoming incoming = pending;
        if (incoming == null) {
            throw new IllegalStateException("no literal was announced");
        }
        return incoming;
    }

    /// The parts of the catenation that stands here, behind its opening parenthesis.
    private final class Catenated implements Parts {
        private int parts;

        @Override
        public Part next() throws IOException {
            if (over || pending != null || catenated != this) {
                throw new IllegalStateException("there is no part to be read");
            }
            try {
                Part part = part();
                switch (part) {
                    case Text text -> parts++;
                    case Url url -> parts++;
                    case Done done -> catenated = null;
                    case Refusal refusal -> over = true;
                }
                return part;
            } catch (SyntaxException e) {
                over = true;
                return new Malformed(e.why());
            }
        }

        private Part part() throws IOException, SyntaxException {
            if (afterLiteral) {
                line.begin();
                endLiteral();
            }
            if (parts > 0) {
                if (args.skip(')')) {
                    return DONE;
                }
                args.space("TEXT, URL or the closing parenthesis");
            }
            PartForm form = args.word(PART_FORMS, "TEXT or URL");
            if (form == null) {
                throw args.invalid("unknown part " + args.shownWord());
            }
            return switch (form) {
                case URL -> {
                    args.space("a URL");
                    yield new Url(args.astring("a URL"));
                }
                case TEXT -> {
                    args.space("a literal");
                    yield text(false);
                }
                case UTF8 -> text(true);
            };
        }

        private Part text(boolean utf8) throws IOException, SyntaxException {
            Refusal refusal = announce(utf8);
            return refusal == null ? new Text(announced()) : refusal;
        }
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
            afterLiteral = true;
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
