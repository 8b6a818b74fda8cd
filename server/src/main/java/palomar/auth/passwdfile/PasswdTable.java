package palomar.auth.passwdfile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One version of a passwd-file: its bytes and a hash table of where lines begin. Immutable.
///
/// A user costs the octets of his line and eight more; a line is taken apart when somebody asks for it.
public final class PasswdTable {
    private static final int MOST_COMPLAINTS = 10;
    private static final int LONGEST_LINE = 64 * 1024;

    private final byte[] data;
    private final int[] slots; // start of line + 1; 0 is empty; the length is a power of two
    private final List<String> complaints;
    private final int users;

    private PasswdTable(byte[] data, int[] slots, List<String> complaints, int users) {
        this.data = data;
        this.slots = slots;
        this.complaints = complaints;
        this.users = users;
    }

    /// Reads a file's bytes, which become the table's.
    public static PasswdTable of(byte[] data) {
        int lines = 1;
        for (byte b : data) {
            lines += b == '\n' ? 1 : 0;
        }
        int size = Integer.highestOneBit(Math.max(lines, 4)) * 4;
        PasswdTable table = new PasswdTable(data, new int[size], new ArrayList<>(), 0);
        int users = table.index();
        return new PasswdTable(data, table.slots, List.copyOf(table.complaints), users);
    }

    /// What the operator should hear of: lines that were left out, the first ten of them.
    public List<String> complaints() {
        return complaints;
    }

    public int users() {
        return users;
    }

    public Optional<PasswdLine> find(String user) {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        int slot = slot(name, 0, name.length);
        if (slots[slot] == 0) {
            return Optional.empty();
        }
        int start = slots[slot] - 1;
        return Optional.of(PasswdLine.parse(Arrays.copyOfRange(data, start, lineEnd(start))));
    }

    public void forEachUser(Consumer<String> names) {
        for (int slot : slots) {
            if (slot > 0) {
                int start = slot - 1;
                names.accept(new String(data, start, nameEnd(start, lineEnd(start)) - start, StandardCharsets.UTF_8));
            }
        }
    }

    void forEachLine(Consumer<PasswdLine> lines) {
        for (int slot : slots) {
            if (slot > 0) {
                lines.accept(PasswdLine.parse(Arrays.copyOfRange(data, slot - 1, lineEnd(slot - 1))));
            }
        }
    }

    private int index() {
        int users = 0;
        int number = 0;
        for (int start = 0; start < data.length; ) {
            number++;
            int newline = newline(start);
            users += add(start, lineEnd(start), number) ? 1 : 0;
            start = newline + 1;
        }
        return users;
    }

    private boolean add(int start, int end, int number) {
        if (end == start || data[start] == '#' || data[start] == ':') {
            return false;
        }
        if (end - start > LONGEST_LINE) {
            complain("line " + number + " is longer than " + LONGEST_LINE + " octets and was left out");
            return false;
        }
        for (int i = start; i < end; i++) {
            if (data[i] == 0) {
                complain("line " + number + " holds a NUL and was left out");
                return false;
            }
        }
        int nameEnd = nameEnd(start, end);
        int slot = slot(data, start, nameEnd);
        if (slots[slot] != 0) {
            String name = new String(data, start, nameEnd - start, StandardCharsets.UTF_8);
            complain("line " + number + ": user '" + name + "' is there already; the first line counts");
            return false;
        }
        slots[slot] = start + 1;
        return true;
    }

    private void complain(String text) {
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(text);
        }
    }

    /// The slot of this name, or the empty one where it would go; a table is never more than half full.
    private int slot(byte[] bytes, int from, int to) {
        int hash = 0x811c9dc5;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i] & 0xff) * 0x01000193;
        }
        hash ^= hash >>> 15;
        int slot = hash & slots.length - 1;
        while (slots[slot] != 0 && !same(slots[slot] - 1, bytes, from, to)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean same(int start, byte[] bytes, int from, int to) {
        int end = start + to - from;
        return end <= data.length
                && Arrays.equals(data, start, end, bytes, from, to)
                && nameEnd(start, lineEnd(start)) == end;
    }

    private int nameEnd(int start, int end) {
        for (int i = start; i < end; i++) {
            if (data[i] == ':') {
                return i;
            }
        }
        return end;
    }

    private int newline(int from) {
        for (int i = from; i < data.length; i++) {
            if (data[i] == '\n') {
                return i;
            }
        }
        return data.length;
    }

    /// Where the line's text ends: before its LF and a CR before that.
    private int lineEnd(int start) {
        int newline = newline(start);
        return newline > start && data[newline - 1] == '\r' ? newline - 1 : newline;
    }
}
