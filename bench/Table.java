import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prints the results of bench/run.sh as a Markdown table: each workload with both servers' figures and the ratio.
/// Run as a single source file: `java bench/Table.java bench/results`.
///
/// A ratio above 1 always means that Palomar is better; the goal column is the ratio that we set ourselves.
final class Table {
    private record Row(String name, String unit, boolean lessIsBetter, double goal, double value, double cpuMicros) {}

    private record Goal(String operation, double ratio) {}

    private static final List<Goal> GOALS = List.of(
            new Goal("LMTP 10 KB, 1 connection", 1.5),
            new Goal("LMTP 10 KB, 8 connections", 4),
            new Goal("LMTP 10 KB, 32 connections", 8),
            new Goal("APPEND, 1 connection", 1.5),
            new Goal("APPEND, 8 connections", 3),
            new Goal("APPEND, 32 connections", 5),
            new Goal("MULTIAPPEND by 100", 5),
            new Goal("LOGIN+LOGOUT, 16 connections", 5),
            new Goal("LOGIN+LOGOUT, 16 connections, TLS", 1),
            new Goal("LOGIN+LOGOUT, 16 connections, TLS resumed", 3),
            new Goal("select_cold", 2),
            new Goal("select_warm", 1),
            new Goal("fetch_flags", 2),
            new Goal("fetch_envelope", 5),
            new Goal("fetch_bodystructure", 2),
            new Goal("fetch_headers", 2),
            new Goal("fetch_bodies", 2),
            new Goal("search_subject", 2),
            new Goal("search_from", 2),
            new Goal("search_body", 2),
            new Goal("search_header", 2),
            new Goal("search_before", 2),
            new Goal("search_text", 2),
            new Goal("sort_arrival", 2),
            new Goal("sort_date", 2),
            new Goal("sort_subject", 2),
            new Goal("thread_references", 2),
            new Goal("move", 2),
            new Goal("expunge_half", 2),
            new Goal("resync", 2),
            new Goal("store_add", 2),
            new Goal("store_random", 2),
            new Goal("copy", 10),
            new Goal("expunge", 2),
            new Goal("idle session, PSS", 78),
            new Goal("idle session, TLS, PSS", 52),
            new Goal("EXISTS after delivery, median", 100),
            new Goal("mixed, 200 clients", 3));

    private Table() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "bench/results");
        Map<String, Row> dovecot = rows(folder.resolve("dovecot.jsonl"));
        Map<String, Row> palomar = rows(folder.resolve("palomar.jsonl"));
        System.out.println("| workload | unit | Dovecot | Palomar | ratio | goal | CPU us/op: Dovecot | Palomar |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        Map<String, Row> all = new LinkedHashMap<>(dovecot);
        palomar.forEach(all::putIfAbsent);
        for (Row any : all.values()) {
            Row theirs = dovecot.get(any.name());
            Row ours = palomar.get(any.name());
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %s | %s |%n",
                    any.name(),
                    any.unit(),
                    number(theirs == null ? Double.NaN : theirs.value()),
                    number(ours == null ? Double.NaN : ours.value()),
                    theirs == null || ours == null ? "-" : number(ratio(theirs, ours)),
                    any.goal() > 0 ? number(any.goal()) : "-",
                    number(theirs == null ? Double.NaN : theirs.cpuMicros()),
                    number(ours == null ? Double.NaN : ours.cpuMicros()));
        }
    }

    private static double ratio(Row theirs, Row ours) {
        return ours.lessIsBetter() ? theirs.value() / ours.value() : ours.value() / theirs.value();
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    private static Map<String, Row> rows(Path file) throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return rows;
        }
        for (String line : Files.readAllLines(file)) {
            for (Row row : row(fields(line))) {
                rows.put(row.name(), row);
            }
        }
        return rows;
    }

    private static List<Row> row(Map<String, String> result) {
        String connections = result.getOrDefault("conns", "");
        String plural = connections.equals("1") ? " connection" : " connections";
        boolean tls = "1".equals(result.get("tls"));
        return switch (result.getOrDefault("workload", "")) {
            case "lmtp" -> List.of(rate("LMTP 10 KB, " + connections + plural, "messages/s", result));
            case "append" ->
                List.of(rate(
                        result.containsKey("multi") ? "MULTIAPPEND by 100" : "APPEND, " + connections + plural,
                        "messages/s",
                        result));
            case "login" ->
                List.of(rate(
                        "LOGIN+LOGOUT, " + connections + plural + (tls ? ", TLS" : "")
                                + (result.containsKey("resumed") ? " resumed" : ""),
                        "sessions/s",
                        result));
            case "fill" -> List.of(rate("fill by MULTIAPPEND", "messages/s", result));
            case "mixed" -> mixed(connections, result);
            case "idle" ->
                List.of(less("idle session" + (tls ? ", TLS" : "") + ", PSS", "KiB", result, "pss_kb_per_conn", 1));
            case "notify" ->
                List.of(less("EXISTS after delivery, median", "ms", result, "exists_first_p50_ms", 1));
            case "big" -> big(result);
            default -> List.of();
        };
    }

    private static List<Row> mixed(String connections, Map<String, String> result) {
        return List.of(
                rate("mixed, " + connections + " clients", "operations/s", result),
                less("mixed, memory under load", "MiB PSS", result, "srv_pss_mid_mb", 1));
    }

    private static List<Row> big(Map<String, String> result) {
        String operation = result.getOrDefault("op", "");
        if (result.containsKey("p50_ms")) {
            return List.of(less(operation, "ms each", result, "mean_ms", 1));
        }
        // What a server does not know (SORT, THREAD) it refuses quickly: that is no result.
        if (!result.containsKey("first_s") || !"0".equals(result.get("rc"))) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        if (result.containsKey("best_s") && !"1".equals(result.get("reps"))) {
            rows.add(less(operation + ", first time", "ms", result, "first_s", 1000));
        }
        rows.add(less(operation, "ms", result, result.containsKey("best_s") ? "best_s" : "first_s", 1000));
        return rows;
    }

    private static Row rate(String name, String unit, Map<String, String> result) {
        return new Row(name, unit, false, goal(name), number(result, "rate"), number(result, "srv_cpu_us_per_op"));
    }

    private static Row less(String name, String unit, Map<String, String> result, String key, double factor) {
        double cpu = number(result, "srv_cpu_us_per_op");
        return new Row(name, unit, true, goal(name), number(result, key) * factor, cpu);
    }

    private static double goal(String name) {
        return GOALS.stream()
                .filter(goal -> goal.operation().equals(name))
                .mapToDouble(Goal::ratio)
                .findFirst()
                .orElse(0);
    }

    private static double number(Map<String, String> result, String key) {
        String text = result.get(key);
        return text == null ? Double.NaN : Double.parseDouble(text);
    }

    /// The fields of one flat JSON object as the driver prints it.
    private static Map<String, String> fields(String json) {
        Map<String, String> fields = new LinkedHashMap<>();
        int at = 1;
        while (at < json.length() && json.charAt(at) == '"') {
            int nameEnd = json.indexOf('"', at + 1);
            String name = json.substring(at + 1, nameEnd);
            int start = nameEnd + 2;
            int end = start;
            if (json.charAt(start) == '"') {
                end = start + 1;
                while (json.charAt(end) != '"') {
                    end += json.charAt(end) == '\\' ? 2 : 1;
                }
                fields.put(name, json.substring(start + 1, end));
                end++;
            } else {
                while (json.charAt(end) != ',' && json.charAt(end) != '}') {
                    end++;
                }
                fields.put(name, json.substring(start, end));
            }
            at = end + 1;
        }
        return fields;
    }
}
