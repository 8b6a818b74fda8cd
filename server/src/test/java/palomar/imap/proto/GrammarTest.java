package palomar.imap.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;
import palomar.testkit.TornInput;

/// The reader against the grammar: what follows it is taken, whichever way through each rule; what can't stand
/// where a rule stands is refused; and either way the next command is found. RFC 9051 9
class GrammarTest {
    private static final Command NEXT = new Command.Noop(new Tag("next"));
    private static final int ROUNDS = 12;

    /// Before the first try.
    private static final Outcome TOO_DEEP = new Outcome(Optional.of("nested deeper than"), NEXT);

    private final Grammar grammar = Grammar.ofCommands();

    /// @param refusal why the command was refused; empty when it was taken
    /// @param next the command behind it
    private record Outcome(Optional<String> refusal, Command next) {}

    private static Outcome read(String sentence) throws IOException {
        byte[] bytes = (sentence + "next NOOP\r\n").getBytes(StandardCharsets.ISO_8859_1);
        CommandReader reader = new CommandReader(TornInput.at(bytes), () -> {}, Limits.AFTER_LOGIN);
        Command command = reader.read();
        Optional<String> refusal = refusal(command);
        return new Outcome(refusal, reader.read());
    }

    private static Optional<String> refusal(Command command) throws IOException {
        return switch (command) {
            case Command.Malformed malformed -> Optional.of(malformed.why());
            case Command.Unknown unknown -> Optional.of("unknown " + unknown.name());
            case Command.BadName bad -> Optional.of(bad.why());
            case Command.BadCharset bad -> Optional.of("charset " + bad.charset());
            case Command.Overrun overrun -> Optional.of(overrun.why());
            case Command.Append append -> refusal(append.messages());
            case Command.Replace replace -> refusal(replace.messages());
            default -> Optional.empty();
        };
    }

    private static Optional<String> refusal(AppendMessages messages) throws IOException {
        while (true) {
            switch (messages.next()) {
                case AppendMessages.Message message -> message.body().transferTo(OutputStream.nullOutputStream());
                case AppendMessages.Catenation catenation -> {
                    Optional<String> refusal = refusal(catenation.parts());
                    if (refusal.isPresent()) {
                        return refusal;
                    }
                }
                case AppendMessages.End end -> {
                    return Optional.empty();
                }
                case AppendMessages.Refusal refusal -> {
                    return Optional.of(refusal.toString());
                }
            }
        }
    }

    private static Optional<String> refusal(AppendMessages.Parts parts) throws IOException {
        while (true) {
            switch (parts.next()) {
                case AppendMessages.Text(IncomingLiteral text) -> text.transferTo(OutputStream.nullOutputStream());
                case AppendMessages.Url url -> {}
                case AppendMessages.Done done -> {
                    return Optional.empty();
                }
                case AppendMessages.Refusal refusal -> {
                    return Optional.of(refusal.toString());
                }
            }
        }
    }

    @Test
    void theGrammarIsWhole() {
        assertThat(grammar.unused()).containsExactly("command");
        assertThat(grammar.names()).containsAll(grammar.wrong().keySet());
    }

    @Test
    void whateverFollowsTheGrammarIsTaken() throws IOException {
        RandomGenerator random = Seeds.random("whateverFollowsTheGrammarIsTaken");
        Sentences sentences = new Sentences(grammar, random);
        List<String> failures = new ArrayList<>();
        for (Grammar.Node place : grammar.nodes()) {
            for (int round = 0; round < ROUNDS; round++) {
                String sentence = "";
                Outcome outcome = TOO_DEEP;
                for (int tries = 0; tries < 20 && isTooDeep(outcome); tries++) {
                    sentence = sentences.through(place, null);
                    outcome = read(sentence);
                    assertThat(sentences.passed()).as("%s is reached", place).isTrue();
                }
                if (outcome.refusal().isPresent() || !outcome.next().equals(NEXT)) {
                    failures.add(place + ": " + sentence + outcome);
                    break;
                }
            }
        }
        report(failures);
    }

    /// The grammar knows no limit to nesting, the reader does: such a sentence is made again.
    private static boolean isTooDeep(Outcome outcome) {
        return outcome.refusal()
                .filter(why -> why.contains("nested deeper than"))
                .isPresent();
    }

    private static void report(List<String> failures) {
        assertThat(failures.stream().limit(20).toList())
                .as("seed %s, %s failures", Seeds.seed(), failures.size())
                .isEmpty();
    }

    /// Keywords broken by a control character, which no rule has, and the texts that the grammar lists as wrong.
    @Test
    void whatCannotStandThereIsRefused() throws IOException {
        RandomGenerator random = Seeds.random("whatCannotStandThereIsRefused");
        Sentences sentences = new Sentences(grammar, random);
        List<String> failures = new ArrayList<>();
        for (Grammar.Node place : grammar.nodes()) {
            for (String wrong : wrong(place)) {
                for (int round = 0; round < ROUNDS; round++) {
                    String sentence = sentences.through(place, wrong);
                    if (read(sentence).refusal().isEmpty()) {
                        failures.add("'" + wrong + "' for " + place + ": " + sentence);
                        break;
                    }
                }
            }
        }
        report(failures);
    }

    private List<String> wrong(Grammar.Node place) {
        return switch (place) {
            case Grammar.Text(String text, int number) when text.startsWith("\"") -> List.of();
            case Grammar.Text(String text, int number) ->
                List.of(text.substring(0, text.length() / 2) + "\1" + text.substring(text.length() / 2));
            case Grammar.Rule(String name, int number) ->
                grammar.wrong().getOrDefault(name, List.of()).stream()
                        .map(GrammarTest::unescape)
                        .toList();
            case Grammar.Made made -> List.of();
            case Grammar.Choice choice -> List.of();
            case Grammar.Sequence sequence -> List.of();
            case Grammar.Repeat repeat -> List.of();
        };
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\s", " ")
                .replace("\\0", "\0")
                .replace("\\1", "\1")
                .replace("\\xff", "\u00ff");
    }

    @Test
    void everyTerminalHasACounterexample() {
        List<String> without = new ArrayList<>();
        for (String name : grammar.names()) {
            boolean terminal = grammar.rule(name) instanceof Grammar.Made;
            if (terminal && !grammar.wrong().containsKey(name)) {
                without.add(name);
            }
        }
        assertThat(without).isEmpty();
    }
}
