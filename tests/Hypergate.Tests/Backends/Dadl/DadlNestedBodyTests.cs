namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Names with dots that make objects, in every kind of body.</summary>
public sealed class DadlNestedBodyTests
{
    private const string Tools = """
          defaults: { nest_body_keys: true }
          tools:
            file: { method: GET, path: /file, access: read, description: File, response: { type: file_url } }
            parts:
              method: POST
              path: /parts
              access: write
              description: Parts
              content_type: multipart/form-data
              params: { meta.name: { type: string, in: body }, meta.pic.data: { type: file_url, in: body }, plain: { type: file_url, in: body } }
            raw: { method: POST, path: /raw, access: write, description: Raw, content_type: image/png, params: { the.bytes: { type: file_url, in: body } } }
            json: { method: POST, path: /json, access: write, description: Json, params: { .id: { type: string, in: body }, a..b: { type: string, in: body }, a.c: { type: string, in: body }, end.: { type: string, in: body } } }

        """;

    [Fact]
    public async Task Bytes_are_a_part_of_their_own_wherever_their_name_puts_them()
    {
        await using var api = await DadlApi.StartAsync(Tools, null, Http.LoopbackServer.Reply(200, "PNG", "Content-Type: image/png"));
        var handle = (await api.DoneAsync("file")).Value.GetProperty("file").GetString();

        var parts = (await api.RequestAsync("parts", $$"""{"meta.name":"n","meta.pic.data":"{{handle}}","plain":"{{handle}}"}""")).Body;

        Assert.Contains("name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"name\":\"n\"}\r\n", parts, StringComparison.Ordinal);
        Assert.Contains("name=\"meta[pic][data]\"; filename=\"file.bin\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n", parts, StringComparison.Ordinal);
        Assert.Contains("name=\"plain\"; filename=\"file.bin\"\r\n", parts, StringComparison.Ordinal);
        Assert.DoesNotContain("file:", parts, StringComparison.Ordinal);
        Assert.Equal("PNG", (await api.RequestAsync("raw", $$"""{"the.bytes":"{{handle}}"}""")).Body);
    }

    [Fact]
    public async Task A_dot_that_parts_nothing_belongs_to_the_name()
    {
        await using var api = await DadlApi.StartAsync(Tools);

        Assert.Equal("""{".id":"*1","a..b":"x","a":{"c":"y"},"end.":"z"}""", (await api.RequestAsync("json", """{".id":"*1","a..b":"x","a.c":"y","end.":"z"}""")).Body);
    }
}
