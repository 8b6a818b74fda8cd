package palomar.sieve.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads what [TreeWriter] wrote, and refuses anything else: also bytes that were made to harm.
public final class TreeReader {
    private static final int MOST_DEPTH = 200;

    private final byte[] bytes;
    private final String[] strings;
    private int at;
    private int depth;

    private TreeReader(byte[] bytes) throws Refused {
        this.bytes = bytes;
        int header = TreeWriter.MAGIC.length + Integer.BYTES;
        if (bytes.length < header
                || !Arrays.equals(bytes, 0, TreeWriter.MAGIC.length, TreeWriter.MAGIC, 0, TreeWriter.MAGIC.length)) {
            throw new Refused();
        }
        int sum = 0;
        for (int i = TreeWriter.MAGIC.length; i < header; i++) {
            sum = sum << 8 | bytes[i] & 0xff;
        }
        if (sum != TreeWriter.checksum(bytes, header, bytes.length - header)) {
            throw new Refused();
        }
        at = header;
        strings = new String[count()];
        for (int i = 0; i < strings.length; i++) {
            int length = count();
            strings[i] = Octets.decode(bytes, at, at + length);
            at += length;
        }
    }

    /// Empty: the bytes are no tree, or of another version.
    public static Optional<List<Call>> read(byte[] bytes) {
        try {
            TreeReader reader = new TreeReader(bytes);
            List<Call> tree = reader.calls();
            return reader.at == bytes.length ? Optional.of(tree) : Optional.empty();
        } catch (Refused refused) {
            return Optional.empty();
        }
    }

    private List<Call> calls() throws Refused {
        int count = count();
        List<Call> calls = new ArrayList<>();
        if (++depth > MOST_DEPTH) {
            throw new Refused();
        }
        for (int i = 0; i < count; i++) {
            calls.add(call());
        }
        depth--;
        return List.copyOf(calls);
    }

    private Call call() throws Refused {
        Position where = position();
        String name = string();
        int count = count();
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arguments.add(argument());
        }
        long marks = number();
        if (marks > 3) {
            throw new Refused();
        }
        List<Call> tests = calls();
        Optional<List<Call>> block = (marks & 2) != 0 ? Optional.of(calls()) : Optional.empty();
        return new Call(where, name, List.copyOf(arguments), tests, (marks & 1) != 0, block);
    }

    private Argument argument() throws Refused {
        int kind = (int) Math.min(number(), Integer.MAX_VALUE);
        return switch (kind) {
            case TreeWriter.TAG -> new Argument.Tag(position(), string());
            case TreeWriter.NUMBER -> new Argument.Number(position(), number());
            case TreeWriter.QUOTED -> quoted();
            case TreeWriter.STRINGS -> {
                Position where = position();
                int count = count();
                List<Argument.Quoted> values = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    values.add(quoted());
                }
                if (values.isEmpty()) {
                    throw new Refused();
                }
                yield new Argument.Strings(where, List.copyOf(values));
            }
            default -> throw new Refused();
        };
    }

    private Argument.Quoted quoted() throws Refused {
        return new Argument.Quoted(position(), string());
    }

    private Position position() throws Refused {
        return new Position((int) Math.min(number(), Integer.MAX_VALUE), (int) Math.min(number(), Integer.MAX_VALUE));
    }

    private String string() throws Refused {
        long index = number();
        if (index >= strings.length) {
            throw new Refused();
        }
        return strings[(int) index];
    }

    /// Of things that take at least a byte each.
    private int count() throws Refused {
        long count = number();
        if (count > bytes.length - at) {
            throw new Refused();
        }
        return (int) count;
    }

    /// Not negative.
    private long number() throws Refused {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (at == bytes.length) {
                throw new Refused();
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new Refused();
    }

    /// The bytes are no tree.
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused() {
            super("no compiled script", null, false, false);
        }
    }
}
