using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tests.Tools.Fleet.Guests;

/// <summary>Command lines are words, never shell.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("uptime", "uptime")]
    [InlineData("  ls   -l ", "ls|-l")]
    [InlineData("echo \"two words\" 'and these'", "echo|two words|and these")]
    [InlineData("echo ''", "echo|")]
    [InlineData("echo a\"b c\"d", "echo|ab cd")]
    [InlineData("echo 'open", "")]
    public void A_line_is_taken_apart_at_blanks_outside_of_quotes(string line, string words) => Assert.Equal(words, string.Join('|', CommandLine.Split(line)));

    [Theory]
    [InlineData("uptime", true)]
    [InlineData("systemctl status nginx", true)]
    [InlineData("systemctl status", true)]
    [InlineData("systemctl stop nginx", false)]
    [InlineData("uptime -p", false)]
    [InlineData("uptimes", false)]
    [InlineData("'systemctl status' nginx", false)]
    public void Only_allowed_lines_are_allowed(string line, bool allowed) =>
        Assert.Equal(allowed, CommandLine.IsAllowed(CommandLine.Split(line), ["uptime", "systemctl status *", "*"]));
}
