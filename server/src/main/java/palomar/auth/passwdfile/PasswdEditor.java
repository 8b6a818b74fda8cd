package palomar.auth.passwdfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.locks.ReentrantLock;

/// Edits a passwd-file: what `palomar user` does. Comments, odd lines and other users' lines stay to the octet.
///
/// Each edit reads the file under a lock, which other processes of this program respect, and replaces it as a
/// whole: when a call returns, the change is on disk; when it throws, the file is as it was. Safe for many
/// threads.
public final class PasswdEditor {
    /// What became of an edit.
    public enum Outcome {
        DONE,
        EXISTS_ALREADY,
        NO_SUCH_USER
    }

    /// One JVM may not lock a file twice; edits are rare enough for one lock over all files.
    private static final ReentrantLock EDITING = new ReentrantLock();

    private final Path path;

    /// @param path the file; made by the first [#add], with its folder, if it does not exist
    public PasswdEditor(Path path) {
        this.path = path;
    }

    /// The users in the order of the file; none when there is no file.
    public List<String> users() throws IOException {
        List<String> names = new ArrayList<>();
        for (byte[] line : lines(content(path))) {
            name(line).filter(name -> !names.contains(name)).ifPresent(names::add);
        }
        return List.copyOf(names);
    }

    /// Adds a user at the end.
    ///
    /// @param stored `{SCHEME}data`
    /// @param extra extra fields, for instance `userdb_quota_rule`
    /// @throws IllegalArgumentException fit for the operator, when name or fields can't stand in such a file
    public Outcome add(String user, String stored, Map<String, String> extra) throws IOException {
        StringBuilder line = new StringBuilder();
        line.append(fit("user name", user, ":# \t")).append(':').append(fit("password hash", stored, ":"));
        line.append("::::::").append(fields(extra));
        makeFolder();
        byte[] text = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        return edit(lines -> {
            if (lines.stream().anyMatch(other -> isOf(user, other))) {
                return Outcome.EXISTS_ALREADY;
            }
            endLastLine(lines);
            lines.add(text);
            return Outcome.DONE;
        });
    }

    /// Removes each line of a user.
    public Outcome remove(String user) throws IOException {
        if (Files.notExists(path)) {
            return Outcome.NO_SUCH_USER;
        }
        return edit(lines -> lines.removeIf(line -> isOf(user, line)) ? Outcome.DONE : Outcome.NO_SUCH_USER);
    }

    /// Gives a user another password; the rest of his line stays.
    ///
    /// @param stored `{SCHEME}data`
    public Outcome password(String user, String stored) throws IOException {
        return password(user, stored, Map.of());
    }

    /// The same, and other extra fields.
    ///
    /// @param extra takes the place of fields of the same name; an empty value takes the field away
    public Outcome password(String user, String stored, Map<String, String> extra) throws IOException {
        String hash = fit("password hash", stored, ":");
        Map<String, String> set = new LinkedHashMap<>(extra);
        set.values().removeIf(String::isEmpty);
        String added = fields(set);
        if (Files.notExists(path)) {
            return Outcome.NO_SUCH_USER;
        }
        return edit(lines -> {
            for (int i = 0; i < lines.size(); i++) {
                if (isOf(user, lines.get(i))) {
                    lines.set(i, PasswdLineEdit.of(lines.get(i), hash, extra.keySet(), added));
                    return Outcome.DONE; // the first line is the one that counts
                }
            }
            return Outcome.NO_SUCH_USER;
        });
    }

    private static String fields(Map<String, String> extra) {
        StringJoiner fields = new StringJoiner(" ");
        extra.forEach((name, value) ->
                fields.add(fit("field name", name, "= \t") + "=" + fit("field " + name, value, " \t")));
        return fields.toString();
    }

    /// The first user may come before the server has made its data directory.
    private void makeFolder() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private interface Edit {
        Outcome on(List<byte[]> lines);
    }

    private Outcome edit(Edit edit) throws IOException {
        Path real = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path lock = real.resolveSibling(real.getFileName() + ".lock");
        EDITING.lock();
        try (FileChannel channel = FileChannel.open(
                lock,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            FileReplacement.giveToFolder(lock);
            channel.lock(); // until the channel is closed
            List<byte[]> lines = lines(content(real));
            Outcome outcome = edit.on(lines);
            if (outcome == Outcome.DONE) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                lines.forEach(out::writeBytes);
                FileReplacement.replace(real, out.toByteArray());
            }
            return outcome;
        } finally {
            EDITING.unlock();
        }
    }

    private static byte[] content(Path path) throws IOException {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException none) {
            return new byte[0];
        }
    }

    /// The lines with their line ends; the last may have none.
    private static List<byte[]> lines(byte[] content) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                lines.add(Arrays.copyOfRange(content, start, i + 1));
                start = i + 1;
            }
        }
        if (start < content.length) {
            lines.add(Arrays.copyOfRange(content, start, content.length));
        }
        return lines;
    }

    private static void endLastLine(List<byte[]> lines) {
        if (!lines.isEmpty() && lines.getLast()[lines.getLast().length - 1] != '\n') {
            byte[] last = lines.getLast();
            byte[] ended = Arrays.copyOf(last, last.length + 1);
            ended[last.length] = '\n';
            lines.set(lines.size() - 1, ended);
        }
    }

    private static boolean isOf(String user, byte[] line) {
        return name(line).filter(user::equals).isPresent();
    }

    /// The user of a line; empty for comments and other lines without one.
    private static Optional<String> name(byte[] line) {
        int end = 0;
        while (end < line.length && line[end] != ':' && line[end] != '\n' && line[end] != '\r') {
            end++;
        }
        boolean user = end > 0 && line[0] != '#';
        return user ? Optional.of(new String(line, 0, end, StandardCharsets.UTF_8)) : Optional.empty();
    }

    private static String fit(String what, String text, String forbidden) {
        boolean fits =
                !text.isEmpty() && text.chars().noneMatch(c -> c < ' ' || c == 0x7f || forbidden.indexOf(c) >= 0);
        if (!fits) {
            throw new IllegalArgumentException(what + " must not be empty or hold control characters or any of \""
                    + forbidden.replace("\t", "\\t") + "\"");
        }
        return text;
    }
}
