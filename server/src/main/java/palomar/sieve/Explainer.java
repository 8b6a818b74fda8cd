package palomar.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.sieve.match.MatchType;
import palomar.sieve.syntax.Call;

/// Says in plain words what a script does, one line a step, from what the [Spec]s say about themselves. One use.
public final class Explainer {
    private final Language language;
    private final List<String> lines = new ArrayList<>();

    private Explainer(Language language) {
        this.language = language;
    }

    /// Lines without their ends, indented by two blanks for each block.
    public static List<String> explain(Language language, Program program) {
        Explainer explainer = new Explainer(language);
        explainer.block(program.tree(), "");
        explainer.lines.add("At the end: keep the message in the default mailbox, unless something above has filed it,"
                + " sent it on or thrown it away.");
        return List.copyOf(explainer.lines);
    }

    private void block(List<Call> calls, String indent) {
        for (Call call : calls) {
            command(call, indent);
        }
    }

    private void command(Call call, String indent) {
        switch (call.name()) {
            case "require" -> {}
            case "if" -> lines.add(indent + "If " + test(call.tests().getFirst()) + ":");
            case "elsif" ->
                lines.add(indent + "Otherwise, if " + test(call.tests().getFirst()) + ":");
            case "else" -> lines.add(indent + "Otherwise:");
            default -> lines.add(indent + sentence(words(call, language.commandSpec(call.name()), "do")));
        }
        call.block().ifPresent(block -> {
            block(block, indent + "  ");
            if (block.isEmpty()) {
                lines.add(indent + "  Do nothing.");
            }
        });
    }

    private String test(Call call) {
        return switch (call.name()) {
            case "not" -> "not (" + test(call.tests().getFirst()) + ")";
            case "allof" -> joined(call, " and ");
            case "anyof" -> joined(call, " or ");
            default -> words(call, language.testSpec(call.name()), "the test");
        };
    }

    private String joined(Call call, String between) {
        List<String> each = call.tests().stream()
                .map(test -> test.tests().size() > 1 ? "(" + test(test) + ")" : test(test))
                .toList();
        return String.join(between, each);
    }

    private String words(Call call, Optional<Spec> spec, String fallback) {
        if (spec.isEmpty()) {
            return fallback + " '" + call.name() + "'";
        }
        Phrases phrases = new Phrases(call, spec.get(), tag -> takesParameter(call, spec.get(), tag));
        return spec.get()
                .words()
                .map(words -> words.apply(phrases))
                .orElseGet(() -> fallback + " '" + call.name() + "'" + phrases.all());
    }

    private boolean takesParameter(Call call, Spec spec, String name) {
        for (Tag own : spec.tags()) {
            if (own.name().equals(name)) {
                return own.parameter().isPresent();
            }
        }
        Optional<Tag> added = language.tagOf(call.name(), name);
        if (added.isPresent()) {
            return added.get().parameter().isPresent();
        }
        return name.equals("comparator")
                || language.provided(MatchType.class, name)
                        .flatMap(MatchType::parameter)
                        .isPresent();
    }

    private static String sentence(String words) {
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }
}
