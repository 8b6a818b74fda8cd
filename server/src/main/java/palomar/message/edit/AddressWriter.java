package palomar.message.edit;

import java.util.ArrayList;
import java.util.List;
import palomar.message.AddrSpec;

/// Writes address fields. RFC 5322 3.4, RFC 2047 5
final class AddressWriter {
    private AddressWriter() {}

    static Field field(String name, List<AddrSpec.Mailbox> mailboxes) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < mailboxes.size(); i++) {
            AddrSpec.Mailbox mailbox = mailboxes.get(i);
            String end = i + 1 < mailboxes.size() ? "," : "";
            String address = mailbox.address().toString();
            if (mailbox.name().isEmpty()) {
                pieces.add(" " + address + end);
                continue;
            }
            pieces.addAll(phrase(mailbox.name()));
            pieces.add(" <" + address + ">" + end);
        }
        return Field.ofLines(FieldWriter.items(name, pieces), false);
    }

    /// Words of a display name: as they are, in quotes when they have specials, or encoded.
    private static List<String> phrase(String name) {
        String line = FieldWriter.oneLine(name);
        boolean ascii = line.chars().allMatch(c -> c >= ' ' && c < 0x7f) && !line.contains("=?");
        if (!ascii || line.length() > FieldWriter.LINE - 4) {
            return EncodedWord.of(line).stream().map(word -> " " + word).toList();
        }
        boolean atoms = line.chars().allMatch(c -> c == ' ' || isAtext((char) c)) && !line.contains("  ");
        return List.of(atoms ? " " + line : " \"" + line.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }

    private static boolean isAtext(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }
}
