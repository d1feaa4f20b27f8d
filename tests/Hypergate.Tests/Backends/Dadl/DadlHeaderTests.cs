using System.Text;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Headers that callers and files give.</summary>
public sealed class DadlHeaderTests
{
    private const string Tools = """
          tools:
            look:
              method: GET
              path: /look
              access: read
              description: Look
              params:
                X-None: { type: string, in: header, default: "" }
                Content-Disposition: { type: string, in: header }
                Content-Range: { type: string, in: header }
            send:
              method: PUT
              path: /send
              access: write
              description: Send
              content_type: text/plain
              params: { text: { type: string, in: body }, Content-MD5: { type: string, in: header } }

        """;

    [Fact]
    public async Task A_header_may_be_empty_where_its_default_says_so()
    {
        await using var api = await DadlApi.StartAsync(Tools);

        Assert.Equal("", (await api.RequestAsync("look")).Header("X-None"));
    }

    [Fact]
    public async Task A_header_that_is_about_a_body_goes_with_and_without_one()
    {
        await using var api = await DadlApi.StartAsync(Tools);

        Assert.Equal("items 0-9/20", (await api.RequestAsync("look", """{"Content-Range":"items 0-9/20"}""")).Header("Content-Range"));
        var sent = await api.RequestAsync("send", """{"text":"x","Content-MD5":"nd0="}""");
        Assert.Equal(("nd0=", "text/plain", "x"), (sent.Header("Content-MD5"), sent.Header("Content-Type"), sent.Body));
    }

    [Fact]
    public async Task A_name_of_a_file_may_be_in_any_script_and_every_other_header_is_ASCII()
    {
        await using var api = await DadlApi.StartAsync(Tools);

        var header = (await api.RequestAsync("look", """{"Content-Disposition":"attachment; filename=\"Größe.png\""}""")).Header("Content-Disposition")!;

        Assert.Equal("attachment; filename=\"Größe.png\"", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(header)));
        Assert.Contains("outside ASCII", await api.RefusalAsync("look", """{"Content-Range":"ö"}"""), StringComparison.Ordinal);
        Assert.Contains("control character", await api.RefusalAsync("look", """{"Content-Disposition":"a\tb"}"""), StringComparison.Ordinal);
        Assert.Contains("line break", await api.RefusalAsync("look", """{"Content-Disposition":"a\r\nX: y"}"""), StringComparison.Ordinal);
    }
}
