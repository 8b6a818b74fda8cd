# What Net::ManageSieve does in ManageSieveIT. Arguments: port, user. Writes a line for each answer that the test compares.
use strict;
use warnings;
use Net::ManageSieve;

binmode STDOUT, ':encoding(UTF-8)';
my ($port, $user) = @ARGV;
my $sieve = Net::ManageSieve->new('127.0.0.1', Port => $port, Timeout => 30, tls => { mode => 'require', SSL_verify_mode => 0 })
    or die "connect: $@";
print 'encrypted ', $sieve->encrypted ? 1 : 0, "\n";
$sieve->login($user, 'demo') or die 'login: ' . $sieve->error;
my $script = "require [\"fileinto\"];\r\nfileinto \"INBOX\";\r\n";
print 'room ', $sieve->havespace('work', length $script) ? 1 : 0, "\n";
print 'no room ', $sieve->havespace('work', 1 << 30) ? 1 : 0, "\n";
$sieve->putscript('work', $script) or die 'put: ' . $sieve->error;
print 'refused ', $sieve->putscript('bad', "keep;\r\nfoo;\r\n") ? 0 : 1, ' ', $sieve->error =~ /line 2/ ? 1 : 0, "\n";
$sieve->putscript('gr' . "\xc3\xbc" . 'n', 'keep;') or die 'put: ' . $sieve->error;
$sieve->setactive('work') or die 'activate: ' . $sieve->error;
print 'active not deleted ', $sieve->deletescript('work') ? 0 : 1, "\n";
# It ends every script in a bare LF.
print 'same ', $sieve->getscript('work') eq $script =~ s/\r\n\z/\n/r ? 1 : 0, "\n";
print 'scripts ', join(' ', map { "<$_>" } @{$sieve->listscripts}), "\n";
$sieve->setactive('') or die 'deactivate: ' . $sieve->error;
$sieve->deletescript('work') or die 'delete: ' . $sieve->error;
print 'left ', join(' ', map { "<$_>" } @{$sieve->listscripts}), "\n";
$sieve->logout;
