using Hypergate.Host.Authentication;

namespace Hypergate.Tests.Host.Authentication;

public sealed class ApiKeyTextTests
{
    [Fact]
    public void A_key_reads_back_and_prints_no_secret()
    {
        var key = ApiKeyText.New();

        Assert.Equal(key, ApiKeyText.TryRead(key.Text));
        Assert.Matches("^hg_[a-z0-9]{8}_[A-Za-z0-9_-]{49}$", key.Text);
        Assert.DoesNotContain(key.Secret, key.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(key.Text, ApiKeyText.New().Text);
    }

    [Fact]
    public void A_typo_anywhere_is_no_key()
    {
        var text = ApiKeyText.New().Text;
        for (var at = 0; at < text.Length; at++)
        {
            var wrong = text[..at] + (text[at] == 'x' ? 'y' : 'x') + text[(at + 1)..];
            Assert.Null(ApiKeyText.TryRead(wrong));
        }

        Assert.Null(ApiKeyText.TryRead(text + "x"));
        Assert.Null(ApiKeyText.TryRead(text[..^1]));
        Assert.Null(ApiKeyText.TryRead(""));
    }

    [Fact]
    public void The_checksum_is_the_one_that_others_compute()
    {
        // CRC-32 of "hg_abcdefgh_" and 43 times A, in base 62; computed with another program.
        var text = new ApiKeyText("abcdefgh", new string('A', 43)).Text;

        Assert.Equal("1hwz4B", text[^6..]);
    }
}
