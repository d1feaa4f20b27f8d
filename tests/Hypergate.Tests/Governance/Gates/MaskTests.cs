using Hypergate.Governance.Gates;

namespace Hypergate.Tests.Governance.Gates;

public class MaskTests
{
    [Theory]
    [InlineData("email", "write to anna.b+x@mail.example.org today", "write to [EMAIL] today")]
    [InlineData("phone", "call +49 (30) 1234 5678 now", "call [PHONE] now")]
    [InlineData("phone", "0033 1 23 45 67 89", "[PHONE]")]
    [InlineData("credit_card", "card 4111 1111 1111 1111.", "card [CREDIT_CARD].")]
    [InlineData("credit_card", "5500-0000-0000-0004", "[CREDIT_CARD]")]
    [InlineData("iban", "DE89 3704 0044 0532 0130 00", "[IBAN]")]
    [InlineData("iban", "to GB29NWBK60161331926819 please", "to [IBAN] please")]
    [InlineData("ipv4", "at 10.20.30.40:8006", "at [IPV4]:8006")]
    [InlineData("ipv6", "fe80::1ff:fe23:4567:890a up", "[IPV6] up")]
    [InlineData("ipv6", "2001:db8:85a3::8a2e:370:7334", "[IPV6]")]
    [InlineData("mac", "52:54:00:ab:cd:ef", "[MAC]")]
    [InlineData("ssn", "ssn 219-09-9999", "ssn [SSN]")]
    [InlineData("aws_key", "key AKIAIOSFODNN7EXAMPLE", "key [AWS_KEY]")]
    [InlineData("private_key", "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----", "[PRIVATE_KEY]")]
    [InlineData("jwt", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-_1", "[JWT]")]
    [InlineData("bearer_token", "Authorization: Bearer abcDEF123456==", "Authorization: [BEARER_TOKEN]")]
    [InlineData("generic_secret", "password = hunter2hunter2", "[GENERIC_SECRET]")]
    [InlineData("secrets", "token: abcdef123 and AKIAIOSFODNN7EXAMPLE", "[GENERIC_SECRET] and [AWS_KEY]")]
    public void What_a_mask_is_for_is_hidden(string mask, string text, string hidden) => Assert.Equal(hidden, new MaskSet([mask]).Hide(text));

    [Theory]
    [InlineData("email", "a@b and root@pam and @here")]
    [InlineData("phone", "uuid 00112233-4455-6677-8899-aabbccddeeff, +1, 2026-01-05")]
    [InlineData("credit_card", "4111 1111 1111 1112 and 0000 0000 0000 0000")]
    [InlineData("iban", "DE00 3704 0044 0532 0130 00")]
    [InlineData("ipv4", "version 8.4.300.1 and 1.2.3")]
    [InlineData("ipv6", "at 12:30:15, 52:54:00:ab:cd:ef")]
    [InlineData("mac", "52:54:00:ab:cd")]
    [InlineData("ssn", "666-12-3456 and 000-12-3456 and 123-00-4567")]
    [InlineData("aws_key", "AKIASHORT")]
    [InlineData("private_key", "-----BEGIN PUBLIC KEY-----")]
    [InlineData("jwt", "eyJ.a.b")]
    [InlineData("bearer_token", "the bearer of this")]
    [InlineData("generic_secret", "the password was changed")]
    public void What_only_looks_like_it_stays(string mask, string text) => Assert.Equal(text, new MaskSet([mask]).Hide(text));

    [Fact]
    public void A_long_hostile_text_is_read_in_one_go()
    {
        var text = string.Concat(Enumerable.Repeat("a.", 200_000)) + "@";

        Assert.Equal(text, new MaskSet(["email", "iban", "phone", "generic_secret", "ipv6"]).Hide(text));
    }
}
