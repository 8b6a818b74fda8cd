package palomar.delivery.sieve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.mail.MailboxId;

/// A message that sleeps in a mailbox, and what is to be done when it awakes. Among the user's values it is
/// `sieve/asleep/TOKEN`; `sieve/asleep-uid/TOKEN` is its UID. Both are written with the message.
///
/// @param due seconds since 1970
/// @param in where it sleeps
/// @param mailbox where it goes, as the script wrote it
/// @param addFlags words as scripts write them
record Sleeper(
        long due,
        MailboxId in,
        String mailbox,
        Optional<String> mailboxId,
        Optional<String> specialUse,
        boolean create,
        List<String> addFlags,
        List<String> removeFlags) {
    static final String FOLDER = "sieve/asleep/";

    private static final String UIDS = "sieve/asleep-uid/";
    private static final int FORM = 1;

    static String name(String token) {
        return FOLDER + token;
    }

    static String uidName(String token) {
        return UIDS + token;
    }

    /// For the user's value. Throws ActionFailure when a text is too long.
    byte[] bytes() throws ActionFailure {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeLong(due);
            out.writeLong(in.value());
            out.writeUTF(mailbox);
            write(out, mailboxId.stream().toList());
            write(out, specialUse.stream().toList());
            out.writeBoolean(create);
            write(out, addFlags);
            write(out, removeFlags);
        } catch (IOException tooLong) {
            throw new ActionFailure("failed to snooze message: what is to be done later is too long to be kept");
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeShort(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    /// Empty when it can't be read.
    static Optional<Sleeper> of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORM) {
                return Optional.empty();
            }
            return Optional.of(new Sleeper(
                    in.readLong(),
                    new MailboxId(in.readLong()),
                    in.readUTF(),
                    read(in).stream().findFirst(),
                    read(in).stream().findFirst(),
                    in.readBoolean(),
                    read(in),
                    read(in)));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private static List<String> read(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return List.copyOf(texts);
    }
}
