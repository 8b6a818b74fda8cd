package palomar.imap.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.bytes.MemoryOutput;
import palomar.mail.Translation;

class TranslationTest {
    private static final Path SOURCES = Path.of("src/main/java/palomar");
    private static final Pattern TEXT =
            Pattern.compile("(?:new MailException|new BadArgument|new NoTarget|new SyntaxException"
                    + "|Reply\\.(?:ok|no|bad)|out\\.(?:ok|no|bad|bye)|invalid|expected)\\(");

    private final Translation german = new Translation(GermanTexts.TABLE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            goodbye|auf Wiedersehen
            SORT done|SORT ausgeführt
            UID FETCH done|UID FETCH ausgeführt
            there is no command FOO|es gibt keinen Befehl FOO
            unknown sort key COLOUR in SORT|unbekanntes Sortiermerkmal COLOUR in SORT
            expected a space and a search key in SORT, not the end of the line|erwartet: ein Leerzeichen und ein Suchschlüssel in SORT, nicht das Zeilenende
            expected sort criteria in parentheses in UID SORT, not 'x'|erwartet: Sortiermerkmale in Klammern in UID SORT, nicht 'x'
            expected a tag, not a space|erwartet: eine Marke, nicht ein Leerzeichen
            literal of 70000 bytes is too long here, at most 65536|ein Literal von 70000 Bytes ist hier zu lang, höchstens 65536
            more than 10000 search keys in SEARCH|mehr als 10000 Suchschlüssel in SEARCH
            what nobody has said yet|what nobody has said yet
            """)
    void textsAreTranslatedWithWhatIsInThem(String english, String words) {
        assertThat(german.words(english)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "de, GERMAN",
        "DE-AT-1996, GERMAN",
        "fr en-GB de, ENGLISH",
        "i-default, DEFAULT",
        "fr default, ENGLISH",
        "*, ENGLISH",
    })
    void theFirstRangeThatFitsWins(String ranges, Language language) {
        assertThat(Language.choose(List.of(ranges.split(" ")), Language.ENGLISH))
                .isEqualTo(Optional.of(language));
    }

    @Test
    void whatNobodySpeaksIsNotChosen() {
        assertThat(Language.choose(List.of("mul", "fr-de", "d"), Language.ENGLISH))
                .isEmpty();
    }

    /// The example of RFC 5255 3.4 in German as we write it.
    @Test
    void namespacesAreShownInTheLanguage() throws IOException {
        MemoryOutput out = new MemoryOutput();
        ResponseWriter writer = new ResponseWriter(out);
        writer.language(Language.GERMAN);
        writer.namespace(
                List.of(new NamespaceEntry("", '/')),
                List.of(new NamespaceEntry("Other Users/", '/')),
                List.of(new NamespaceEntry("Public Folders/", '/')));
        assertThat(new String(out.toByteArray(), StandardCharsets.US_ASCII))
                .isEqualTo("* NAMESPACE ((\"\" \"/\")) "
                        + "((\"Other Users/\" \"/\" \"TRANSLATION\" (\"Andere Benutzer/\"))) "
                        + "((\"Public Folders/\" \"/\" \"TRANSLATION\" (\"Gemeinsame Postf&AOQ-cher/\")))\r\n");
    }

    /// Reads what the sources say to clients. A few new texts may wait for their words; many may not.
    @Test
    void theServersTextsHaveGermanWords() throws IOException {
        Set<String> texts = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> wanted = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> Stream.of("imap", "storage", "mail", "message")
                            .anyMatch(part -> file.startsWith(SOURCES.resolve(part))))
                    .toList();
            for (Path file : wanted) {
                collect(Files.readString(file), texts);
            }
        }
        List<String> missing =
                texts.stream().filter(text -> !german.knows(text)).toList();
        assertThat(texts).hasSizeGreaterThan(150);
        assertThat(missing.size()).as("without German words: %s", missing).isLessThan(texts.size() / 10);
    }

    private static void collect(String source, Set<String> texts) {
        Matcher call = TEXT.matcher(source);
        while (call.find()) {
            for (String argument : arguments(source, call.end())) {
                String text = text(argument.strip());
                if (!text.isEmpty()) {
                    texts.add(text);
                }
            }
        }
    }

    /// The arguments of a call whose parenthesis opens before `from`.
    private static List<String> arguments(String source, int from) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            if (quoted && c == '\\') {
                argument.append(c).append(source.charAt(++i));
                continue;
            }
            quoted ^= c == '"';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0) {
                break;
            }
            if (c == ',' && depth == 0 && !quoted) {
                arguments.add(argument.toString());
                argument.setLength(0);
            } else {
                argument.append(c);
            }
        }
        arguments.add(argument.toString());
        return arguments;
    }

    /// The text of literals joined by `+`, a word standing for what is no literal; empty for other expressions.
    private static String text(String argument) {
        if (!argument.contains("\"")
                || argument.contains("?")
                || argument.contains("switch")
                || argument.contains("->")) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (String term : argument.split("\\s\\+\\s")) {
            boolean literal = term.startsWith("\"") && term.endsWith("\"");
            text.append(literal ? term.substring(1, term.length() - 1) : "WORD");
        }
        return text.toString().replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
