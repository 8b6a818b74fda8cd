package palomar.scripts;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailError;
import palomar.mail.MailException;

/// What a user's named value `sieve/scripts` says: which scripts he has, and under which UID their bytes are kept.
/// Immutable.
///
/// In bytes, numbers big-endian: version (1 byte: 1), changes (8), count (4), and for each script in the order of
/// names: name (2 bytes of length, UTF-8), active (1 byte: 0 or 1), UID (8), size (8), modified (8, milliseconds
/// since 1970), SHA-256 (32).
record ScriptIndex(
        long changes,
        SortedMap<ScriptName, Line> lines,
        @Nullable ScriptName active) {
    static final ScriptIndex NONE = new ScriptIndex(0, new TreeMap<>(), null);

    private static final byte VERSION = 1;
    private static final int HASH = 32;
    private static final int FIXED = 1 + 8 + 8 + 8 + HASH;

    /// @param hash in hexadecimal digits
    record Line(long uid, long size, Instant modified, String hash) {}

    static ScriptIndex parse(Optional<byte[]> value) {
        return value.map(ScriptIndex::parse).orElse(NONE);
    }

    private static ScriptIndex parse(byte[] value) {
        try {
            ByteBuffer in = ByteBuffer.wrap(value);
            if (in.get() != VERSION) {
                throw damaged(null);
            }
            long changes = in.getLong();
            SortedMap<ScriptName, Line> lines = new TreeMap<>();
            ScriptName active = null;
            for (int rest = in.getInt(); rest > 0; rest--) {
                byte[] utf8 = new byte[in.getShort() & 0xffff];
                in.get(utf8);
                ScriptName name = new ScriptName(new String(utf8, StandardCharsets.UTF_8));
                active = in.get() == 1 ? name : active;
                long uid = in.getLong();
                long size = in.getLong();
                Instant modified = Instant.ofEpochMilli(in.getLong());
                byte[] hash = new byte[HASH];
                in.get(hash);
                lines.put(name, new Line(uid, size, modified, HexFormat.of().formatHex(hash)));
            }
            return new ScriptIndex(changes, lines, active);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private static MailException damaged(@Nullable Throwable cause) {
        return new MailException(MailError.CORRUPTION, "the list of the scripts is damaged", cause);
    }

    byte[] bytes() {
        int length = 1 + 8 + 4;
        for (ScriptName name : lines.keySet()) {
            length += 2 + name.utf8().length + FIXED;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put(VERSION).putLong(changes).putInt(lines.size());
        lines.forEach((name, line) -> {
            byte[] utf8 = name.utf8();
            out.putShort((short) utf8.length).put(utf8);
            out.put((byte) (name.equals(active) ? 1 : 0));
            out.putLong(line.uid).putLong(line.size).putLong(line.modified.toEpochMilli());
            out.put(HexFormat.of().parseHex(line.hash));
        });
        return out.array();
    }

    List<ScriptEntry> entries() {
        List<ScriptEntry> entries = new ArrayList<>(lines.size());
        lines.forEach(
                (name, line) -> entries.add(new ScriptEntry(name, line.size, name.equals(active), line.modified)));
        return entries;
    }

    /// What keeps a script of that name and size away.
    Optional<ScriptLimits.Excess> excess(ScriptLimits limits, ScriptName name, long size) {
        int others = 0;
        long bytes = 0;
        for (var entry : lines.entrySet()) {
            if (!entry.getKey().equals(name)) {
                others++;
                bytes += entry.getValue().size;
            }
        }
        return limits.excess(others, bytes, size);
    }

    ScriptIndex with(ScriptName name, Line line) {
        SortedMap<ScriptName, Line> after = new TreeMap<>(lines);
        after.put(name, line);
        return new ScriptIndex(changes + 1, after, active);
    }

    ScriptIndex without(ScriptName name) {
        SortedMap<ScriptName, Line> after = new TreeMap<>(lines);
        after.remove(name);
        return new ScriptIndex(changes + 1, after, active);
    }

    ScriptIndex active(@Nullable ScriptName chosen) {
        return new ScriptIndex(changes + 1, lines, chosen);
    }
}
