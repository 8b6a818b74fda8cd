package palomar.imap.proto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes commands that follow a [Grammar], by chance; on demand one that goes through a certain place of it, or
/// that has something else there. Each character is a byte.
public final class Sentences {
    private static final int DEEPEST = 40;
    private static final String ATOM = "!#$&',-./0129:;<=>?@ABYZ[^_`abyz|}~";
    private static final String[] MONTHS = {"Jan", "feb", "MAR", "Apr", "Dec"};

    private final Grammar grammar;
    private final RandomGenerator random;
    private final StringBuilder out = new StringBuilder();
    private Grammar.@Nullable Node target;
    private @Nullable String instead;
    private boolean done;

    public Sentences(Grammar grammar, RandomGenerator random) {
        this.grammar = grammar;
        this.random = random;
    }

    /// Any command, with its line end.
    public String any() {
        return through(null, null);
    }

    /// @param place where the sentence must pass
    /// @param text what stands there instead; null for what belongs there
    String through(Grammar.@Nullable Node place, @Nullable String text) {
        out.setLength(0);
        target = place;
        instead = text;
        done = place == null;
        write(grammar.rule("command"), 0);
        return out.append("\r\n").toString();
    }

    /// Has the last sentence passed where it had to?
    boolean passed() {
        return done;
    }

    private void write(Grammar.Node node, int depth) {
        if (node == target && !done) {
            done = true;
            if (instead != null) {
                out.append(instead);
                return;
            }
        }
        switch (node) {
            case Grammar.Text(String text, int place) -> text(text);
            case Grammar.Made(String name, int place) -> out.append(made(name));
            case Grammar.Rule(String name, int place) -> write(grammar.rule(name), depth + 1);
            case Grammar.Choice(List<Grammar.Node> options, int place) -> write(option(options, depth), depth + 1);
            case Grammar.Sequence(List<Grammar.Node> parts, int place) -> sequence(parts, depth);
            case Grammar.Repeat(int least, int most, Grammar.Node inner, int place) -> {
                boolean wanted = leads(inner);
                int most2 = depth > DEEPEST ? least : most;
                int count = Math.max(wanted ? 1 : least, least + random.nextInt(most2 - least + 1));
                for (int i = 0; i < count; i++) {
                    write(inner, depth + 1);
                }
            }
        }
    }

    private boolean leads(Grammar.Node node) {
        Grammar.Node wanted = target;
        return !done && wanted != null && grammar.reaches(node, wanted);
    }

    /// The way to the target goes through one of the parts, any of those that lead there.
    private void sequence(List<Grammar.Node> parts, int depth) {
        List<Grammar.Node> leading = parts.stream().filter(this::leads).toList();
        Grammar.Node chosen = leading.isEmpty() ? null : leading.get(random.nextInt(leading.size()));
        for (Grammar.Node part : parts) {
            Grammar.Node kept = target;
            boolean aside = chosen != null && !done && part != chosen;
            if (aside) {
                target = null;
            }
            write(part, depth + 1);
            target = kept;
        }
    }

    private Grammar.Node option(List<Grammar.Node> options, int depth) {
        List<Grammar.Node> leading = options.stream().filter(this::leads).toList();
        if (!leading.isEmpty()) {
            return leading.get(random.nextInt(leading.size()));
        }
        // The first option of every choice leads to an end.
        return depth > DEEPEST ? options.getFirst() : options.get(random.nextInt(options.size()));
    }

    /// In any case.
    private void text(String text) {
        int style = random.nextInt(3);
        for (char c : text.toCharArray()) {
            boolean lower = style == 1 || style == 2 && random.nextBoolean();
            out.append(lower ? Character.toLowerCase(c) : style == 0 ? Character.toUpperCase(c) : c);
        }
    }

    private String made(String name) {
        return switch (name) {
            case "sp" -> " ";
            case "tag" -> several("ABab019.-_/]", 1, 6);
            case "atom" -> several("abcXYZ019.-_/$", 1, 8);
            case "astring-char" ->
                several(ATOM.replace("&", "").replace("~", "") + "]", 1, 2).replace("nil", "nix");
            case "list-char" -> several("ab/.*%]", 1, 2);
            case "quoted-char" ->
                random.nextInt(5) > 0 ? several("a ({%*]~", 1, 3) : random.nextBoolean() ? "\\\"" : "\\\\";
            case "short-quoted" -> "\"" + several("abc", 1, 5) + "\"";
            case "short-literal" -> literal("", several("abc", 1, 5));
            case "mailbox-literal" -> literal(random.nextBoolean() ? "~" : "", several("ab (/%{", 1, 6));
            case "literal" -> literal("", several("ab (\r\n{1+}\"", 1, 12));
            case "literal8" -> literal("~", several("ab (\r\n{1+}\"", 1, 12));
            case "base64" -> base64();
            case "number" -> number("0", "1", "42", "4294967295");
            case "number64" -> number("0", "1", "4294967296", "9223372036854775807");
            case "nz-number" -> number("1", "2", "42", "4294967295");
            case "nz-number31" -> number("1", "2", "42", "2147483647");
            case "nz-number64" -> number("1", "2", "4294967296", "9223372036854775807");
            case "seq-set" -> set("1", "2:4", "*", "5:*", "*:7", "9:3", "4294967295");
            case "uid-set" -> set("1", "2:4", "9:3", "4294967295");
            case "date" -> random.nextBoolean() ? date() : "\"" + date() + "\"";
            case "date-time" -> dateTime();
            default -> throw new IllegalArgumentException("can't make " + name);
        };
    }

    private String several(String of, int least, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
            text.append(of.charAt(random.nextInt(of.length())));
        }
        return text.toString();
    }

    private String literal(String before, String content) {
        return before + "{" + content.length() + (random.nextBoolean() ? "+" : "") + "}\r\n" + content;
    }

    private String base64() {
        byte[] bytes = several("abc", 1, 6).getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private String number(String... of) {
        return of[random.nextInt(of.length)];
    }

    private String set(String... of) {
        StringBuilder set = new StringBuilder(number(of));
        for (int i = random.nextInt(3); i > 0; i--) {
            set.append(',').append(number(of));
        }
        return set.toString();
    }

    private String date() {
        return (1 + random.nextInt(28)) + "-" + MONTHS[random.nextInt(MONTHS.length)] + "-"
                + (1970 + random.nextInt(100));
    }

    private String dateTime() {
        String day = random.nextBoolean() ? " 3" : "03";
        return "\"" + day + "-" + MONTHS[random.nextInt(MONTHS.length)] + "-2026 23:59:59 "
                + (random.nextBoolean() ? "+" : "-") + "0" + random.nextInt(10) + "30\"";
    }
}
