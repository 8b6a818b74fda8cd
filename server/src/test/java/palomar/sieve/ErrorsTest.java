package palomar.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.AggregateWith;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.aggregator.ArgumentsAggregator;
import org.junit.jupiter.params.provider.CsvSource;

/// The wording of `sieve-test-format.md` 7: what must be in the text, in this order.
class ErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "if header :foo 'a' 'b' { keep; } | unknown tagged argument#':foo'#for the header test#.",
                "if header 1 'b' { keep; } | header test#expects#string list#1#(header names)#,#but#number#found",
                "if header 'a' { keep; } | header test#requires#2#positional arguments#,#but#1#is specified",
                "if header { keep; } | header test#requires#2#positional arguments#,#but#0#is specified",
                "if address 'from' :is 'x' { keep; } | unexpected#':is'#address test",
                "header 'a' 'b'; | use test 'header'#command",
                "if keep { stop; } | use command 'keep'#test",
                "if header 'a' 'b' true { keep; } | header test#accepts no sub-tests#,#specified",
                "require 'fileinto'; fileinto 'a' true; | fileinto command#no#tests#specified",
                "if address 'subject' 'b' { keep; } | 'subject'#not allowed#address test",
                "require 'fileinto'; fileinto 'a' keep; | missing semicolon#fileinto",
                "frobnicate; | unknown#'frobnicate'#command",
                "if frobnicate { keep; } | unknown#'frobnicate'#test",
                "require 'foo'; | unknown#'foo'",
                "if header :comparator 'i;x' 'a' 'b' { keep; } | unknown comparator#'i;x'#header test",
                "if header :is :contains 'a' 'b' { keep; } | unexpected#':contains'#header test#':is'",
                "if size 5 { keep; } | size test#requires#:over",
                "if size :over 'x' { keep; } | size test#expects#number#but#string#found",
                "if header :comparator 5 'a' 'b' { keep; } | :comparator tag#header test#requires#string#number#found",
                "keep; require 'fileinto'; | require command#not allowed#beginning",
                "if true { require 'fileinto'; } | require command#not allowed#top level",
                "else { keep; } | else command#not allowed#follow",
                "keep { stop; } | keep command#no command block#specified",
                "if true; | if command#requires#block",
                "require 'fileinto'; fileinto 'a' snot; | missing semicolon#fileinto",
                "if true and false { keep; } | missing semicolon#true test",
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
                "keep | 1 | missing semicolon#keep",
                "if true { keep } | 1 | missing semicolon#keep",
                "if { keep } else { stop } | 2 | missing semicolon#keep",
                "keep 'a | 1 | missing end of the string",
                "if true { keep 'a; } | 1 | missing end of the string",
                "if header ['a' 'b'] 'c' { keep; } | 1 | unexpected string#expected#','",
                "if header [] 'c' { keep; } | 1 | unexpected ']'",
                "keep [5]; stop []; discard ['a' | 3 | unexpected number",
                "if header 'a' ['b', 'c' { keep; } stop | 2 | unexpected '{'",
                "if true { keep; | 1 | missing end of the block '}'#if",
                "if true { if true { keep; } stop; | 1 | missing end of the block '}'#if",
                "keep; } stop & ; | 1 | unexpected '}'",
                "keep;; stop & ; | 1 | unexpected ';'",
                "if true { ; } keep & ; | 1 | missing end of the block",
                "keep 99999999999999999999; keep & ; | 3 | invalid number",
                "keep & ; | 2 | unexpected character '&'",
                "keep -5; keep 5.5; keep +5; | 6 | unexpected character '-'",
                "& keep; keep & ; | 2 | unexpected character '&'",
                "keep & { stop $; } keep & ; | 6 | unexpected character '&'",
                "if true { keep & } keep & ; | 4 | unexpected character '&'",
                "keep [ { stop $; } keep & ; | 6 | unexpected '{'",
                "if anyof(true, 5, false) { keep $; } keep & ; | 5 | unexpected number",
                "if allof(true | 1 | unexpected end of script#expected#','",
                "keep (true, true; keep & ; | 3 | unexpected ';'",
                "if anyof(true, { keep; } stop | 3 | unexpected '{'",
                "; | 1 | unexpected ';'#expected#command",
                "if true ( keep; ) { stop; } | 1 | unexpected ';'",
                "keep : ; | 1 | missing semicolon#keep command#':'",
            })
    void syntaxErrorsEndTheParsing(String script, int count, String parts) {
        List<String> errors = Scripts.errors(script.replace('\'', '"'));
        assertThat(errors).hasSize(count + 1).last().isEqualTo("parsing failed");
        assertInOrder(errors.getFirst(), parts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "if address matches 'from' 'b' { keep; } | requires#2#positional | missing colon#matches#tag#address test",
                "if 'x' { keep; } | if command#requires#0 | if command#requires#sub-test",
                "if frub { frob; } | unknown test 'frub' | unknown command 'frob'",
                "if header :foo 1 'x' true { frob; } | ':foo' | header test#no sub-tests | 'frob'",
                "if anyof(header 1 'x', header 'a', frub) {} | header test#expects | header test#requires | 'frub'",
                "if header 'a' 'b' stop; | if command#requires#block | missing semicolon#header test",
                "frob; frob; | 'frob' | 'frob'",
                "frob { blah; } keep { blah; } else { blah; } | 'frob' | keep command | else command | 'blah'",
                "if address ['subject', 'x-foo'] 'b' { keep; } | 'subject'",
                "if true { keep; } else { stop; } else { stop; } | else command#follow",
                "if true { keep; } else true { frob; } | else command#no sub-tests",
                "if frub { keep; } else { frob; } | 'frub' | 'frob'",
                "if header 'a' 'b' { keep; } else stop; | missing semicolon#else",
                "require 'fileinto'; fileinto 'a' if true { keep; } | missing semicolon#fileinto",
                "require ['a', 'b']; require 'c'; | 'a' | 'b' | 'c'",
            })
    void eachFaultOfACommandCounts(@AggregateWith(Cells.class) List<String> cells) {
        List<String> errors = Scripts.errors(cells.getFirst().replace('\'', '"'));
        assertThat(errors).hasSize(cells.size()).last().isEqualTo("validation failed");
        for (int i = 1; i < cells.size(); i++) {
            assertInOrder(errors.get(i - 1), cells.get(i));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "if false { frob; }",
                "if true { keep; } elsif frub { frob; } else { frob; }",
                "if anyof(true, frub) { keep; }",
                "if allof(header 'a' 'b', false, frub) { frob; }",
            })
    void whatIsNeverReachedIsNotChecked(String script) {
        List<String> errors = Scripts.errors(script.replace('\'', '"'));
        assertThat(errors.stream().filter(text -> text.contains("'frob'"))).isEmpty();
    }

    /// All cells of a line.
    static final class Cells implements ArgumentsAggregator {
        @Override
        public List<String> aggregateArguments(ArgumentsAccessor arguments, ParameterContext context) {
            return arguments.toList().stream().map(String::valueOf).toList();
        }
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
