package palomar.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The wording of `sieve-test-format.md` 7: what must be in the text, in this order.
class ErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "if header :foo 'a' 'b' { keep; } | unknown tagged argument#':foo'#for the header test#.",
                "if header 1 'b' { keep; } | header test#expects#string list#1#(header list)#,#but#number#found",
                "if header 'a' { keep; } | header test#requires#2#positional arguments#,#but#1#is specified",
                "if header { keep; } | header test#requires#2#positional arguments#,#but#0#is specified",
                "if address 'from' :is 'x' { keep; } | unexpected#':is'#address test",
                "header 'a' 'b'; | use test 'header'#command",
                "if keep { stop; } | use command 'keep'#test",
                "if header 'a' 'b' true { keep; } | header test#accepts no sub-tests#,#specified",
                "require 'fileinto'; fileinto 'a' true; | fileinto command#no#tests#specified",
                "if address 'subject' 'b' { keep; } | 'subject'#not allowed#address test",
                "if address matches 'from' 'b' { keep; } | missing colon#matches#tag#address test",
                "require 'fileinto'; fileinto 'a' keep; | missing semicolon#fileinto",
                "frobnicate; | unknown#'frobnicate'#command",
                "if frobnicate { keep; } | unknown#'frobnicate'#test",
                "require 'foo'; | unknown#'foo'",
                "if header :comparator 'i;x' 'a' 'b' { keep; } | unknown comparator#'i;x'#header test",
                "if header :is :contains 'a' 'b' { keep; } | unexpected#':contains'#header test#':is'",
                "if size 5 { keep; } | size test#requires#:over",
                "if size :over 'x' { keep; } | size test#expects#number#but#string#found",
                "if header :comparator 5 'a' 'b' { keep; } | :comparator tag#header test#expects#string#number#found",
                "keep; require 'fileinto'; | require command#not allowed#beginning",
                "if true { require 'fileinto'; } | require command#not allowed#top level",
                "else { keep; } | else command#not allowed#follow",
                "keep { stop; } | keep command#no block#specified",
                "if true; | if command#requires#block",
                "if not { keep; } | not test#requires#exactly one",
                "if anyof true { keep; } | anyof test#requires#list",
                "redirect 'nobody'; | invalid#'nobody'#redirect command",
                "require 'variables'; set 'a.b' 'x'; | unknown#'a.b'",
                "require 'variables'; set '1' 'x'; | invalid#'1'",
                "require 'variables'; set :lower :upper 'a' 'x'; | unexpected#':upper'#set command",
                "require 'variables'; redirect '${33}'; | invalid#'33'",
                "require 'relational'; if header :value 'xx' 'a' 'b' {} | invalid#'xx'#:value tag#header test",
                "require 'encoded-character'; redirect '${unicode:200000}'; | invalid#'200000'",
            })
    void eachFaultIsToldOnceWithItsParts(String script, String parts) {
        List<String> errors = Scripts.errors(script.replace('\'', '"'));
        assertThat(errors).hasSize(2).last().isEqualTo("validation failed");
        assertInOrder(errors.getFirst(), parts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "keep | missing semicolon#keep",
                "if true { keep } | missing semicolon#keep",
                "keep 'a | missing end of the string",
                "if header ['a' 'b'] 'c' { keep; } | unexpected string#expected#','",
                "if header [] 'c' { keep; } | unexpected#']'",
                "if true { keep; | missing '}'#if",
                "keep; } | unexpected '}'",
                "keep 99999999999999999999; | invalid number",
                "keep 1x; | invalid number",
                "keep & ; | unexpected character '&'",
                "if allof(true | unexpected end of script#allof#expected#','",
                "; | unexpected ';'#expected#command",
                "keep : ; | missing name of a tag",
            })
    void syntaxErrorsEndTheParsing(String script, String parts) {
        List<String> errors = Scripts.errors(script.replace('\'', '"'));
        assertThat(errors).hasSize(2).last().isEqualTo("parsing failed");
        assertInOrder(errors.getFirst(), parts);
    }

    private static void assertInOrder(String text, String parts) {
        int at = 0;
        for (String part : parts.split("#", -1)) {
            String wanted = part.equals(".") ? "" : part;
            assertThat(text.indexOf(wanted, at)).as("%s in: %s", wanted, text).isNotNegative();
            at = text.indexOf(wanted, at) + wanted.length();
        }
    }
}
