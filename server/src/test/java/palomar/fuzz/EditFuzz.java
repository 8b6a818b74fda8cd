package palomar.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.bytes.CrlfSource;
import palomar.message.edit.BodyString;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Enclosure;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.Part;
import palomar.message.edit.PartCursor;
import palomar.message.edit.ReplyIds;

/// Whatever a message is made of, it can be edited: nothing throws, the message as it came stays, and the header
/// of the result is read as the editor has it.
///
/// The first bytes are the edits, the rest is the message.
public final class EditFuzz {
    private static final int EDITS = 4;
    private static final String[] TEXTS = {"", "text", "größe\n--b\n--outer--\n", "x ".repeat(100)};
    private static final String[] ENTITIES = {
        "Content-Type: text/html\n\n<p>x",
        "",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--",
        "garbage"
    };

    private EditFuzz() {}

    public static void fuzz(byte[] input) throws IOException {
        if (input.length < EDITS) {
            return;
        }
        byte[] mail = Arrays.copyOfRange(input, EDITS, input.length);
        ByteSource source = CrlfSource.of(ByteSource.of(mail));
        byte[] before = source.bytes();
        EditedMessage message = EditedMessage.of(source);
        for (int i = 0; i < EDITS; i++) {
            edit(message, input[i]);
            look(message);
        }
        byte[] after = message.version().content().bytes();
        if (after.length != message.size()
                || !Arrays.equals(message.original().content().bytes(), before)) {
            throw new AssertionError("the message is not what it was");
        }
        if (!fields(EditedMessage.of(ByteSource.of(after))).equals(fields(message))) {
            throw new AssertionError("the header reads as another");
        }
        message.restore();
        if (!Arrays.equals(message.version().content().bytes(), before)) {
            throw new AssertionError("edits were not undone");
        }
    }

    private static void edit(EditedMessage message, byte what) throws IOException {
        int choice = what >> 3 & 3;
        PartCursor part = message.parts();
        for (int left = what >> 5 & 7; part.next() && left > 0; left--) {}
        boolean standing = part.next();
        switch (what & 7) {
            case 0 -> message.add(Field.of("X-New", TEXTS[choice]), choice > 1);
            case 1 -> message.remove(message.header().all(FieldName.of(choice > 1 ? "subject" : "content-type")));
            case 2 -> message.replaceAll(TEXTS[choice], Optional.of(TEXTS[choice]), Optional.of("a@b.example"));
            case 3 -> message.replaceAllByEntity(ENTITIES[choice]);
            case 4 -> message.enclose(new Enclosure(Optional.empty(), List.of(), List.of(), TEXTS[choice], "b"));
            default -> {
                if (standing) {
                    editPart(message, part, what & 7, choice);
                }
            }
        }
    }

    private static void editPart(EditedMessage message, PartCursor part, int kind, int choice) throws IOException {
        switch (kind) {
            case 5 -> message.replace(part, TEXTS[choice]);
            case 6 -> message.replaceByEntity(part, ENTITIES[choice]);
            default -> message.convert(part, "image/png", TEXTS[choice].getBytes(StandardCharsets.UTF_8));
        }
        part.next();
    }

    private static void look(EditedMessage message) throws IOException {
        for (Field field : message.header().fields()) {
            field.text();
            field.addresses();
            field.date();
            field.content();
        }
        ReplyIds.to(message.header());
        for (Part part : message.root().withDescendants()) {
            part.extractText(50);
            part.header();
        }
        for (List<BodyString> strings : List.of(
                message.body().raw(),
                message.body().content(List.of("")),
                message.body().text())) {
            for (BodyString each : strings) {
                String text = each.text(1000);
                if (text.indexOf('\ufffd') < 0 && !each.contains(text.getBytes(StandardCharsets.UTF_8), true)) {
                    throw new AssertionError("a string that does not contain its beginning");
                }
            }
        }
    }

    private static List<String> fields(EditedMessage message) {
        return message.header().fields().stream().map(Field::toString).toList();
    }
}
