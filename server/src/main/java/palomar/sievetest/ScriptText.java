package palomar.sievetest;

import java.util.List;
import palomar.sieve.syntax.Argument;
import palomar.sieve.syntax.Call;

/// A parsed script as text again: one command a line, with its line number on request.
final class ScriptText {
    private ScriptText() {}

    /// The whole script, each line with the position that it has in the source.
    static String of(List<Call> tree) {
        StringBuilder text = new StringBuilder();
        append(text, tree, 0);
        return text.toString();
    }

    private static void append(StringBuilder text, List<Call> calls, int depth) {
        for (Call call : calls) {
            String place = call.at().toString();
            text.append(place).append(" ".repeat(Math.max(1, 9 - place.length())));
            text.append("    ".repeat(depth)).append(of(call));
            if (call.block().isEmpty()) {
                text.append(";\n");
                continue;
            }
            text.append(" {\n");
            append(text, call.block().get(), depth + 1);
            text.append(" ".repeat(9)).append("    ".repeat(depth)).append("}\n");
        }
    }

    /// A command or test without its block.
    static String of(Call call) {
        StringBuilder text = new StringBuilder(call.name());
        for (Argument argument : call.arguments()) {
            text.append(' ').append(of(argument));
        }
        if (call.tests().isEmpty()) {
            return text.toString();
        }
        List<String> tests = call.tests().stream().map(ScriptText::of).toList();
        return text.append(call.listed() ? " (" : " ")
                .append(String.join(", ", tests))
                .append(call.listed() ? ")" : "")
                .toString();
    }

    private static String of(Argument argument) {
        return switch (argument) {
            case Argument.Tag tag -> ":" + tag.name();
            case Argument.Number number -> Long.toString(number.value());
            case Argument.Quoted quoted -> quote(quoted.value());
            case Argument.Strings list ->
                "["
                        + String.join(
                                ", ",
                                list.values().stream()
                                        .map(each -> quote(each.value()))
                                        .toList()) + "]";
        };
    }

    /// A string in quotes, line ends as `\n`; a long one is cut.
    static String quote(String value) {
        StringBuilder text = new StringBuilder("\"");
        int most = Math.min(value.length(), 200);
        for (int i = 0; i < most; i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> {}
                default ->
                    text.append(
                            Character.isISOControl(c)
                                            || Character.getType(c) == Character.SURROGATE && !isPair(value, i)
                                    ? '?'
                                    : c);
            }
        }
        return text.append(most < value.length() ? "...\"" : "\"").toString();
    }

    private static boolean isPair(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
