package palomar.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import palomar.os.Disk;
import palomar.os.DiskFile;
import palomar.smtp.proto.SmtpReply;

/// The file `ID.state`: a first line with a checksum, then lines of words. Replaced as a whole at each change.
/// docs/storage/outbox.md
final class StateFile {
    private static final String MAGIC = "PALOMAR OUTBOX STATE 1 ";
    private static final int FIRST_LINE = MAGIC.length() + 9;
    private static final int MOST = 64 << 20;
    private static final int MOST_TEXT = 400;

    private StateFile() {}

    /// Writes and syncs a new file.
    static void write(Disk disk, Path file, EntryState state) throws IOException {
        byte[] body = print(state).getBytes(StandardCharsets.UTF_8);
        byte[] first = (MAGIC + checksum(body) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (DiskFile out = disk.open(file, Disk.Mode.CREATE)) {
            out.write(
                    ByteBuffer.allocate(first.length + body.length)
                            .put(first)
                            .put(body)
                            .flip(),
                    0);
            out.force(true);
        }
    }

    private static String checksum(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static String print(EntryState state) {
        StringBuilder text = new StringBuilder(128);
        EntryText.line(text, "attempts", Integer.toString(state.attempts()));
        EntryText.line(text, "next", state.next().toString());
        EntryText.line(text, "held", Boolean.toString(state.held()));
        EntryText.line(text, "warned", Boolean.toString(state.warned()));
        for (RecipientState recipient : state.recipients()) {
            SmtpReply last = recipient.last();
            String said = String.join(" / ", last.lines());
            String cut = said.length() > MOST_TEXT ? said.substring(0, MOST_TEXT) : said;
            EntryText.line(
                    text, "to", recipient.step().name(), Integer.toString(last.code()), last.enhanced(), clean(cut));
        }
        return text.toString();
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /// @param recipients how many the envelope has. Throws [DamagedEntry].
    static EntryState read(Disk disk, Path file, int recipients) throws IOException {
        byte[] all;
        try (DiskFile in = disk.open(file, Disk.Mode.READ)) {
            long size = in.size();
            if (size < FIRST_LINE || size > MOST) {
                throw new DamagedEntry("the state does not have the length that it should have");
            }
            all = new byte[(int) size];
            if (in.read(ByteBuffer.wrap(all), 0) < all.length) {
                throw new DamagedEntry("the state is cut");
            }
        }
        byte[] body = java.util.Arrays.copyOfRange(all, FIRST_LINE, all.length);
        String first = new String(all, 0, FIRST_LINE, StandardCharsets.ISO_8859_1);
        if (!first.equals(MAGIC + checksum(body) + "\n")) {
            throw new DamagedEntry("the state's checksum is wrong");
        }
        EntryState state = parse(new String(body, StandardCharsets.UTF_8));
        if (state.recipients().size() != recipients) {
            throw new DamagedEntry("the state is that of another message");
        }
        return state;
    }

    private static EntryState parse(String text) throws DamagedEntry {
        int attempts = 0;
        Instant next = Instant.EPOCH;
        boolean held = false;
        boolean warned = false;
        List<RecipientState> recipients = new ArrayList<>();
        try {
            for (String line : text.lines().toList()) {
                List<String> words = EntryText.words(line);
                switch (words.getFirst()) {
                    case "attempts" -> attempts = Integer.parseInt(words.get(1));
                    case "next" -> next = Instant.parse(words.get(1));
                    case "held" -> held = Boolean.parseBoolean(words.get(1));
                    case "warned" -> warned = Boolean.parseBoolean(words.get(1));
                    case "to" ->
                        recipients.add(new RecipientState(
                                RecipientState.Step.valueOf(words.get(1)),
                                SmtpReply.of(Integer.parseInt(words.get(2)), words.get(3), words.get(4))));
                    default -> throw new DamagedEntry("a line of another version: " + words.getFirst());
                }
            }
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException wrong) {
            throw new DamagedEntry("the state is not one of ours: " + wrong.getMessage());
        }
        return new EntryState(attempts, next, held, warned, recipients);
    }
}
