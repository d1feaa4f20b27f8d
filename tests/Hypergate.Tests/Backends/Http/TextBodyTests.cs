using System.Text;
using Hypergate.Backends.Http;

namespace Hypergate.Tests.Backends.Http;

public sealed class TextBodyTests
{
    [Theory]
    [InlineData("application/json; charset=iso-8859-1", "63 61 66 E9", "café")]
    [InlineData("application/problem+json;charset=\"ISO-8859-1\"; a=b", "E9", "é")]
    [InlineData("text/csv; Charset=windows-1252", "80", "€")]
    [InlineData("application/json; charset=utf-16", "FF FE 7B 00 7D 00", "{}")]
    [InlineData("application/json; charset=utf-8", "EF BB BF 7B 7D", "{}")]
    [InlineData("text/plain; charset=nobody-knows", "C3 A9", "é")]
    [InlineData("text/plain; charset=utf-7", "2B 41 47 45 2D", "+AGE-")]
    [InlineData("application/json", "22 E9 22", "\"\uFFFD\"")]
    [InlineData(null, "E9", "\uFFFD")]
    public void Texts_come_in_utf_8_without_a_mark(string? type, string bytes, string text) =>
        Assert.Equal(text, Encoding.UTF8.GetString(TextBody.InUtf8(Bytes(bytes), type).Span));

    [Theory]
    [InlineData("application/octet-stream; charset=iso-8859-1")]
    [InlineData("image/png")]
    [InlineData("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public void What_is_no_text_stays_as_it_is(string type) => Assert.Equal(Bytes("EF BB BF E9"), TextBody.InUtf8(Bytes("EF BB BF E9"), type).ToArray());

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
