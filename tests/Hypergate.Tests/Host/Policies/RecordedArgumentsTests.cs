using System.Text.Json;
using Hypergate.Host.Policies;

namespace Hypergate.Tests.Host.Policies;

public sealed class RecordedArgumentsTests
{
    [Theory]
    [InlineData("""{"body":{"memory":4}}""", "body.memory", false)]
    [InlineData("""{"body":{"memory":4}}""", "body.name", false)]
    [InlineData("""{"body":{"password":"[REDACTED]"}}""", "body.password", true)]
    [InlineData("""{"body":{"password":"[REDACTED]"}}""", "body.memory", false)]
    [InlineData("""{"body":"[REDACTED]"}""", "body.memory", true)]
    [InlineData("""{"url":"https://***@host/"}""", "url", true)]
    [InlineData("""{"text":"a lot of it… 9,000 more characters"}""", "text", true)]
    [InlineData("""{"tags":["a","… 12 more"]}""", "tags", true)]
    [InlineData("""{"tags":["a","b"]}""", "tags", false)]
    [InlineData("""{"len":9000,"sha256":"00"}""", "id", true)]
    [InlineData("""{"len":9000,"sha256":"00","id":"a"}""", "id", false)]
    public void What_the_record_does_not_hold_is_told_from_what_was_not_there(string arguments, string path, bool hides) =>
        Assert.Equal(hides, RecordedArguments.Hides(JsonElement.Parse(arguments), path));
}
