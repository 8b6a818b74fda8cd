package palomar.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What extensions that send or refuse something put into the result, and what they refuse to compile.
class SendingExtensionsTest {
    @Test
    void vacationKeepsTheImplicitKeepAndItsPeriodHasBounds() throws IOException {
        Result result = Scripts.run("require \"vacation\"; vacation :days 0 :handle \"x\" \"Away.\";");
        assertThat(result.implicitKeep()).isTrue();
        assertThat(result.actions()).singleElement().isInstanceOfSatisfying(Action.Vacation.class, reply -> {
            assertThat(reply.seconds()).isEqualTo(86_400);
            assertThat(reply.handle()).isEqualTo("handle:x");
            assertThat(reply.reason()).isEqualTo("Away.");
        });
    }

    @Test
    void repliesAreTheSameByWhatTheScriptSaysNotByWhatItMeansToday() throws IOException {
        String start = "require [\"vacation\", \"variables\"]; set \"a\" \"";
        String same = handle(start + "1\"; vacation :subject \"Re: ${a}\" \"x\";");
        assertThat(handle(start + "2\"; vacation :days 9 :subject \"Re: ${a}\" \"x\";"))
                .isEqualTo(same);
        assertThat(handle(start + "1\"; vacation :subject \"Re: ${b}\" \"x\";")).isNotEqualTo(same);
        assertThat(handle(start + "1\"; vacation :from \"Re: ${a} <a@b.example>\" \"x\";"))
                .isNotEqualTo(same);
    }

    private static String handle(String script) throws IOException {
        return ((Action.Vacation) Scripts.run(script).actions().getFirst()).handle();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "require \"vacation\"; vacation \"a\"; vacation \"b\"; | duplicate vacation action",
                "require \"reject\"; keep; reject \"No.\"; | reject action is incompatible with the keep action",
                "require \"reject\"; reject \"No.\"; keep; | keep action is incompatible with the reject action",
                "require \"reject\"; reject \"No.\"; reject \"No.\"; | duplicate reject action",
                "require [\"ereject\", \"vacation\"]; vacation \"x\"; ereject \"No.\"; | incompatible with the vacation",
                "require \"extlists\"; redirect :list \"tag:example.com,2009:none\"; | unknown list",
                "require \"include\"; include \"none\"; | included personal script 'none' does not exist",
                "require \"vnd.dovecot.execute\"; execute \"x\"; | failed to execute program 'x'",
                "require [\"enotify\", \"variables\"]; set \"m\" \"fax:1\"; notify \"${m}\"; | unknown notify method",
                "require \"enotify\"; notify \"https://10.0.0.1/x\"; | allows no notifications to the host 10.0.0.1"
            })
    void whatCanNotBeDoneEndsTheScript(String script, String text) {
        assertThatThrownBy(() -> Scripts.run(script))
                .isInstanceOf(SieveFault.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "require \"vacation\"; vacation :from \"Bob\" \"x\"; | invalid address 'Bob'",
                "require \"vacation\"; vacation :addresses [\"a@b.example\", \"c\"] \"x\"; | invalid address 'c'",
                "require \"vacation\"; vacation :seconds 5 \"x\"; | unknown tagged argument ':seconds'",
                "require \"vacation-seconds\"; vacation :days 1 :seconds 5 \"x\"; | seconds",
                "require \"vacation\"; vacation :fcc \"Sent\" \"x\"; | unknown tagged argument ':fcc'",
                "require [\"vacation\", \"fcc\"]; vacation :fcc \"Sent\" :create \"x\"; | needs the 'mailbox' extension",
                "require \"enotify\"; notify \"mailto:bob\"; | 'bob' is no valid address",
                "require \"enotify\"; notify :importance \"4\" \"mailto:a@b.example\"; | invalid value '4'",
                "require \"enotify\"; notify :options [\"x\"] \"mailto:a@b.example\"; | invalid option 'x'",
                "require [\"enotify\", \"notify\"]; | not allowed together",
                "require \"notify\"; notify; | requires the :options tag",
                "require \"redirect-dsn\"; redirect :notify \"SOON\" \"a@b.example\"; | invalid value 'SOON'",
                "require \"redirect-dsn\"; redirect :ret \"SOME\" \"a@b.example\"; | invalid value 'SOME'",
                "require \"redirect-deliverby\"; redirect :bymode \"return\" \"a@b.example\"; | cannot be specified without",
                "require \"redirect-deliverby\"; redirect :bytimeabsolute \"now\" \"a@b.example\"; | invalid value 'now'",
                "require [\"include\", \"variables\"]; include \"../x\"; | invalid script name '../x'",
                "require [\"include\", \"variables\"]; include \"${x}\"; | variables are in it",
                "require \"include\"; global \"x\"; | needs the 'variables' extension",
                "require [\"include\", \"variables\"]; set \"x\" \"1\"; global \"x\"; | can't become global",
                "require [\"include\", \"variables\"]; set \"global.a.b\" \"1\"; | a.b",
                "require \"vnd.dovecot.pipe\"; pipe \"../x\"; | invalid program name '../x'",
                "require \"vnd.dovecot.pipe\"; pipe :copy \"x\"; | unknown tagged argument ':copy'",
                "require \"vnd.dovecot.pipe\"; pipe \"x\" \"a\" \"b\"; | but 3 is specified",
                "require \"vnd.dovecot.execute\"; execute :output \"x\" \"y\"; | needs the 'variables' extension",
                "require \"vnd.dovecot.report\"; report \"a b\" \"x\" \"a@b.example\"; | invalid feedback-type 'a b'",
                "require [\"imapsieve\", \"reject\"]; | not allowed together",
                "require \"snooze\"; snooze [\"7:00\"]; | invalid value '7:00'",
                "require \"snooze\"; snooze :weekdays \"7\" \"07:00\"; | invalid value '7'",
                "require \"snooze\"; snooze :tzid \"Nowhere\" \"07:00\"; | invalid value 'Nowhere'",
                "require \"snooze\"; snooze :create \"07:00\"; | needs the 'mailbox' extension"
            })
    void whatCanNotBeMeantDoesNotCompile(String script, String text) {
        assertThat(Scripts.errors(script)).isNotEmpty();
        assertThat(Scripts.errors(script).getFirst()).contains(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "require \"redirect-dsn\"; redirect :notify \"success,failure\" :ret \"hdrs\" \"a@b.example\"; | SUCCESS,FAILURE",
                "require \"redirect-deliverby\"; redirect :bytimerelative 600 :bymode \"notify\" :bytrace \"a@b.example\"; | seconds=600, mode=N, trace=true",
                "require [\"vnd.dovecot.pipe\", \"copy\"]; pipe :copy :try \"x\" [\"a\", \"b\"]; | arguments=[a, b]",
                "require [\"vacation\", \"fcc\", \"mailbox\", \"imap4flags\"]; vacation :fcc \"Sent\" :create :flags \"\\\\Seen\" \"x\"; | mailbox=Sent",
                "require \"vnd.dovecot.report\"; report :headers_only \"abuse\" \"x\" \"a@b.example\"; | type=abuse",
                "require \"snooze\"; snooze :weekdays [\"5\", \"1\"] [\"12:30:15\", \"07:00\"]; | weekdays=[1, 5], secondsOfDay=[25200, 45015]",
                "require \"notify\"; notify :high :options [\"a@b.example\"] :message \"$subject$\"; | text=Optional[I have a présent for you]"
            })
    void whatTagsSayIsInTheAction(String script, String text) throws IOException {
        List<String> errors = Scripts.errors(script);
        if (errors.isEmpty()) {
            assertThat(Scripts.run(script).actions()).singleElement().asString().contains(text);
        } else {
            assertThat(errors.getFirst()).contains("unknown Sieve capability"); // comes with another package
        }
    }

    @Test
    void denotifyTakesBack() throws IOException {
        String script = "require \"notify\"; notify :id \"a1\" :options \"a@b.example\";"
                + "notify :id \"b1\" :high :options \"a@b.example\"; denotify %s;";
        assertThat(Scripts.run(script.formatted("")).actions()).isEmpty();
        assertThat(Scripts.run(script.formatted(":high")).actions()).hasSize(1);
        assertThat(Scripts.run(script.formatted(":matches \"a*\"")).actions()).hasSize(1);
        assertThat(Scripts.run(script.formatted(":is \"c\"")).actions()).hasSize(2);
    }

    @Test
    void testsOfNotifyMethods() throws IOException {
        assertThat(Scripts.isTrue("\"enotify\"", "valid_notify_method \"mailto:a@b.example\""))
                .isTrue();
        assertThat(Scripts.isTrue("\"enotify\"", "valid_notify_method \"mailto:?subject=x\""))
                .isFalse();
        assertThat(Scripts.isTrue("\"enotify\"", "valid_notify_method [\"mailto:a@b.example\", \"fax:1\"]"))
                .isFalse();
        assertThat(Scripts.isTrue(
                        "\"enotify\"",
                        "notify_method_capability \"mailto:a@b.example\" \"online\" [\"maybe\", \"no\"]"))
                .isTrue();
    }

    @Test
    void urlsAreEncoded() throws IOException {
        assertThat(Scripts.isTrue("\"enotify\", \"variables\"", "string \"x\" \"x\""))
                .isTrue();
        Result result = Scripts.run("require [\"enotify\", \"variables\"]; set :encodeurl \"u\" \"a b&c=é~\";"
                + " if string \"${u}\" \"a%20b%26c%3D%C3%A9~\" { discard; }");
        assertThat(result.implicitKeep()).isFalse();
    }
}
