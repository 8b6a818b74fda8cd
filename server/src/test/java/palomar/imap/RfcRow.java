package palomar.imap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A row of docs/rfc-index.tsv.
///
/// @param number of the RFC, or the name of a draft
/// @param words what it is about, capabilities in their own spelling
/// @param transcripts folders below server/src/test/transcripts
record RfcRow(String number, boolean done, List<String> words, List<String> transcripts) {
    private static final Path INDEX = Path.of("../docs/rfc-index.tsv");
    private static final String TRANSCRIPTS = "transcripts ";

    static List<RfcRow> all() throws IOException {
        return Files.readAllLines(INDEX).stream().skip(1).map(RfcRow::of).toList();
    }

    private static RfcRow of(String line) {
        String[] columns = line.split("\t", -1);
        int at = columns[3].lastIndexOf(TRANSCRIPTS);
        List<String> folders = at < 0 ? List.of() : split(columns[3].substring(at + TRANSCRIPTS.length()));
        return new RfcRow(columns[0], columns[1].equals("yes"), split(columns[2]), folders);
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).toList();
    }

    /// The row with status yes that names a capability: as it is, as `RIGHTS=`, or, where a number is announced,
    /// without it.
    static Optional<RfcRow> of(String capability, List<RfcRow> rows) {
        for (String form : forms(capability)) {
            for (RfcRow row : rows) {
                if (row.done && row.words.contains(form)) {
                    return Optional.of(row);
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> forms(String capability) {
        int equals = capability.indexOf('=');
        return equals < 0
                ? List.of(capability)
                : List.of(capability, capability.substring(0, equals + 1), capability.substring(0, equals));
    }

    /// The RFC's name in prose.
    String name() {
        return Character.isDigit(number.charAt(0)) ? "RFC " + number : number;
    }
}
