package palomar.sievetest;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// What is said about one file, and its count. One thread.
final class TestReport {
    private final PrintStream out;
    private final String file;
    private final List<String> failures = new ArrayList<>();
    private int started;
    private int passed;
    private int failed;
    private int fileFailures;

    TestReport(PrintStream out, String file) {
        this.out = out;
        this.file = file;
        out.println("# " + file);
    }

    /// The number of a test that begins.
    int start() {
        return ++started;
    }

    void passed(int number, String name) {
        passed++;
        out.println("ok " + number + suffix(" - ", name));
    }

    int passedTests() {
        return passed;
    }

    int failedTests() {
        return failed + fileFailures;
    }

    void failed(int number, String name, String reason) {
        String text = number + suffix(" - ", name) + suffix(": ", reason);
        out.println("not ok " + text);
        failures.add(text);
        failed++;
    }

    /// `test_fail` outside any test: counts, and the file is aborted besides.
    void failedOutside() {
        fileFailures++;
    }

    void wholeFileFailed(String reason) {
        String text = "(file): " + oneLine(reason);
        out.println("not ok - " + text);
        failures.add(text);
        fileFailures++;
    }

    void print(String text) {
        out.println(text);
    }

    List<String> failures() {
        return failures;
    }

    /// The line for the file when it did not pass.
    boolean end(boolean expectFailure) {
        boolean good = expectFailure ? failedTests() >= started : failedTests() == 0;
        if (!good) {
            out.println("FAIL " + file + ": " + (expectFailure ? "only " : "") + failed + " of " + started
                    + " tests failed" + (fileFailures > 0 && !expectFailure ? ", and the file as a whole" : ""));
        } else {
            out.println(
                    "PASS " + file + ": " + started + " tests" + (expectFailure ? " failed as expected" : " passed"));
        }
        return good;
    }

    private static String suffix(String before, String text) {
        return text.isEmpty() ? "" : before + oneLine(text);
    }

    private static String oneLine(String text) {
        return text.strip().replace("\r", "").replace('\n', ' ');
    }
}
