package palomar.sieve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import palomar.sieve.syntax.Argument;
import palomar.sieve.syntax.Call;

/// The arguments of a call as words, for [Spec#saying].
public final class Phrases {
    private static final int MOST = 60;

    private final Map<String, Argument> values = new HashMap<>();
    private final List<String> tags = new ArrayList<>();

    /// @param takesParameter whether something belongs to a tag of that name
    Phrases(Call call, Spec spec, Predicate<String> takesParameter) {
        List<Argument> arguments = call.arguments();
        int at = 0;
        while (at < arguments.size() && arguments.get(at) instanceof Argument.Tag tag) {
            tags.add(tag.name());
            at++;
            if (at < arguments.size() && takesParameter.test(tag.name())) {
                values.put(":" + tag.name(), arguments.get(at++));
            }
        }
        List<Spec.Positional> positional = spec.positional();
        long needed = positional.stream().filter(each -> !each.dispensable()).count();
        int skipped = (int) Math.max(0, needed - (arguments.size() - at));
        for (int i = skipped; i < positional.size() && at < arguments.size(); i++) {
            values.put(positional.get(i).name(), arguments.get(at++));
        }
    }

    /// Whether the tag, with its colon, or the optional argument is there.
    public boolean has(String name) {
        return name.startsWith(":") ? tags.contains(name.substring(1)) : values.containsKey(name);
    }

    /// The argument: `"a"`, `"a" or "b"`, `1024`.
    public String of(String name) {
        return of(name, "or");
    }

    /// @param between what stands before the last of several
    public String of(String name, String between) {
        Argument value = values.get(name);
        return switch (value) {
            case null -> "nothing";
            case Argument.Quoted quoted -> quoted(quoted.value());
            case Argument.Number number -> Long.toString(number.value());
            case Argument.Tag tag -> ":" + tag.name();
            case Argument.Strings list -> listed(list.values(), between);
        };
    }

    private static String listed(List<Argument.Quoted> values, String between) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : i == values.size() - 1 ? " " + between + " " : ", ")
                    .append(quoted(values.get(i).value()));
        }
        return text.toString();
    }

    private static String quoted(String text) {
        String line = text.strip().replace("\r\n", " ");
        return "\"" + (line.length() > MOST ? line.substring(0, MOST) + "..." : line) + "\"";
    }

    /// What the match type does to the keys: `contains "x"`.
    ///
    /// @param keys name of the argument
    public String match(String keys) {
        String key = of(keys);
        for (String tag : tags) {
            switch (tag) {
                case "contains" -> {
                    return "contains " + key;
                }
                case "matches" -> {
                    return "looks like " + key;
                }
                case "regex" -> {
                    return "matches the regular expression " + key;
                }
                case "list" -> {
                    return "is in the list " + key;
                }
                case "count" -> {
                    return "is there so many times: " + relation(":count") + " " + key;
                }
                case "value" -> {
                    return "is " + relation(":value") + " " + key;
                }
                default -> {}
            }
        }
        return "is " + key;
    }

    private String relation(String tag) {
        return switch (values.get(tag) instanceof Argument.Quoted word ? word.value() : "") {
            case "gt" -> "more than";
            case "ge" -> "at least";
            case "lt" -> "less than";
            case "le" -> "at most";
            case "ne" -> "anything but";
            default -> "equal to";
        };
    }

    /// All of it, for what says nothing about itself.
    String all() {
        StringBuilder text = new StringBuilder();
        tags.forEach(tag -> text.append(" :").append(tag));
        values.forEach((name, value) ->
                text.append(", ").append(name.replace(":", "")).append(' ').append(of(name)));
        return text.toString();
    }
}
