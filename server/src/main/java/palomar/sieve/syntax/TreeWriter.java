package palomar.sieve.syntax;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// Writes the tree of a script so that it can be had again without parsing.
///
/// Layout: `PSV` and a version, CRC-32C of the rest (4 bytes, big-endian), then numbers of seven bits a byte with
/// the least first: the names and strings, each once, and the calls that refer to them by their index.
public final class TreeWriter {
    static final byte[] MAGIC = {'P', 'S', 'V', 1};
    static final int TAG = 0;
    static final int NUMBER = 1;
    static final int QUOTED = 2;
    static final int STRINGS = 3;

    private final Map<String, Integer> strings = new LinkedHashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private TreeWriter() {}

    public static byte[] write(List<Call> tree) {
        TreeWriter writer = new TreeWriter();
        writer.calls(tree);
        return writer.finish();
    }

    private byte[] finish() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        number(rest, strings.size());
        for (String each : strings.keySet()) {
            byte[] octets = Octets.encode(each);
            number(rest, octets.length);
            rest.writeBytes(octets);
        }
        rest.writeBytes(body.toByteArray());
        byte[] content = rest.toByteArray();
        int sum = checksum(content, 0, content.length);
        ByteArrayOutputStream whole = new ByteArrayOutputStream(content.length + 8);
        whole.writeBytes(MAGIC);
        for (int shift = 24; shift >= 0; shift -= 8) {
            whole.write(sum >>> shift);
        }
        whole.writeBytes(content);
        return whole.toByteArray();
    }

    static int checksum(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }

    private void calls(List<Call> calls) {
        number(calls.size());
        calls.forEach(this::call);
    }

    private void call(Call call) {
        position(call.at());
        string(call.name());
        number(call.arguments().size());
        call.arguments().forEach(this::argument);
        number((call.listed() ? 1 : 0) + (call.block().isPresent() ? 2 : 0));
        calls(call.tests());
        call.block().ifPresent(this::calls);
    }

    private void argument(Argument argument) {
        switch (argument) {
            case Argument.Tag tag -> {
                number(TAG);
                position(tag.at());
                string(tag.name());
            }
            case Argument.Number number -> {
                number(NUMBER);
                position(number.at());
                number(number.value());
            }
            case Argument.Quoted quoted -> {
                number(QUOTED);
                quoted(quoted);
            }
            case Argument.Strings list -> {
                number(STRINGS);
                position(list.at());
                number(list.values().size());
                list.values().forEach(this::quoted);
            }
        }
    }

    private void quoted(Argument.Quoted quoted) {
        position(quoted.at());
        string(quoted.value());
    }

    private void position(Position at) {
        number(at.line());
        number(at.column());
    }

    private void string(String text) {
        number(strings.computeIfAbsent(text, missing -> strings.size()));
    }

    private void number(long value) {
        number(body, value);
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long left = value;
        while (left > 0x7f) {
            out.write((int) left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
    }
}
