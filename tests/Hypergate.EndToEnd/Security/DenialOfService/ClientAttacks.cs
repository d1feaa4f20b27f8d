using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.DenialOfService;

/// <summary>What a client can do to the gateway, with a key and without; each tells in a few words how that ended.</summary>
internal sealed class ClientAttacks(AttackedWorld world, string? key)
{
    private const int Megabyte = 1024 * 1024;
    private static readonly byte[] Chunk = [.. "10000\r\n"u8, .. Enumerable.Repeat((byte)' ', 0x10000), .. "\r\n"u8];

    public Task<string> RunAsync(string attack) => attack switch
    {
        "big body" => BigBodyAsync(),
        "deep JSON" => BodyAsync(Encoding.ASCII.GetBytes($"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{new string('[', 2 * Megabyte)}")),
        "many headers" => StatusAsync(string.Join("\r\n", Enumerable.Range(0, 200).Select(static n => $"X-{n}: {n}")), ReadOnlyMemory<byte>.Empty),
        "slow headers" => SlowHeadersAsync(),
        "slow reader" => key is null ? world.SlowReaders.Outside : world.SlowReaders.Inside,
        "gzip bomb" => BodyAsync(Packed(), "Content-Encoding: gzip"),
        "endless paging" => EachAsync(200, Cursor, static number => $"cursor-{number}"),
        "cyclic $ref" => EachAsync(20, Reference, static number => string.Create(CultureInfo.InvariantCulture, $"#/{number}")),
        "YAML aliases" => StatusAsync("", Yaml(), "application/yaml"),
        "catastrophic pattern" => EachAsync(20, Pattern, static number => new string('a', 1000 * (number + 1)) + "!"),
        "jq loop" => EachAsync(2, Jq, static number => number == 0 ? "def f: f; f" : "[range(1e12)]"),
        _ => FloodAsync(),
    };

    // Announced by nobody: it comes in pieces for as long as somebody takes them.
    private async Task<string> BigBodyAsync()
    {
        using var attacker = new Attacker(world.Port);
        await attacker.ConnectAsync();
        await attacker.SendAsync(Encoding.ASCII.GetBytes($"{Attacker.Head(world.Port, key)}\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var reading = attacker.ReadAsync();
        var sent = await attacker.SendWithoutEndAsync(Chunk, 512L * Megabyte);
        return $"{(await reading).Status}{(sent < 512L * Megabyte ? ", closed" : "")}";
    }

    private Task<string> BodyAsync(byte[] body, string lines = "") => StatusAsync(lines, body);

    private async Task<string> StatusAsync(string lines, ReadOnlyMemory<byte> body, string type = "application/json")
    {
        using var attacker = new Attacker(world.Port);
        var answer = await attacker.AskAsync(Attacker.Head(world.Port, key, lines).Replace("Content-Type: application/json", $"Content-Type: {type}", StringComparison.Ordinal), body);
        return $"{answer.Status}";
    }

    private async Task<string> SlowHeadersAsync()
    {
        var ends = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var attacker = new Attacker(world.Port);
            await attacker.ConnectAsync();
            await attacker.SendAsync(Encoding.ASCII.GetBytes($"{Attacker.Head(world.Port, key)}\r\nX-Half"));
            return (await attacker.ReadAsync()).Status;
        }));
        return string.Join(' ', ends.Distinct());
    }

    /// <summary>It asks and asks and reads nothing; whoever answers must have an end of it.</summary>
    internal async Task<string> SlowReaderAsync()
    {
        var body = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"slow","version":"1"}}}""";
        var request = Encoding.ASCII.GetBytes($"{Attacker.Head(world.Port, key)}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var attacker = new Attacker(world.Port, buffer: 4096);
            await attacker.ConnectAsync();
            return await attacker.SendWithoutEndAsync(request);
        }));
        return ends.All(static sent => sent > 0) ? "closed" : "not read";
    }

    private static byte[] Packed()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            for (var megabyte = 0; megabyte < 512; megabyte++)
            {
                zip.Write(new byte[Megabyte]);
            }
        }

        return packed.ToArray();
    }

    private static byte[] Yaml() => Encoding.ASCII.GetBytes("a: &a [x]\n" + string.Concat(Enumerable.Range(0, 20).Select(static n => $"b{n}: &b{n} [{string.Join(',', Enumerable.Repeat(n == 0 ? "*a" : $"*b{n - 1}", 50))}]\n")));

    private static string Cursor(string text) => $$"""{"backend":"xo","operation":"GetVms","arguments":{"cursor":{{JsonSerializer.Serialize(text)}} } }""";

    private static string Reference(string text) => $$$"""{"backend":"api","operation":"Upload","arguments":{"body":{"a":{"$ref":{{{JsonSerializer.Serialize(text)}}} } },"$defs":{"a":{"$ref":"#"} } } }""";

    private static string Pattern(string text) => $$"""{"backend":"api","operation":"Matched","arguments":{"text":{{JsonSerializer.Serialize(text)}} } }""";

    private static string Jq(string text) => $$"""{"backend":"paged","operation":"good","arguments":{"_jq":{{JsonSerializer.Serialize(text)}} } }""";

    private async Task<string> EachAsync(int count, Func<string, string> arguments, Func<int, string> text)
    {
        var ends = new List<string>();
        for (var number = 0; number < count; number++)
        {
            var reply = await AskAsync(arguments(text(number)));
            ends.Add(reply.Status != 200 ? $"{reply.Status}" : reply.Body.Contains("\"isError\":true", StringComparison.Ordinal) ? "refused" : $"done {reply.Body}");
        }

        return string.Join(' ', ends.Distinct());
    }

    private async Task<RawAnswer> AskAsync(string arguments)
    {
        using var attacker = new Attacker(world.Port);
        var body = Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{StdioSession.WithMeta($$"""{"name":"call_operation","arguments":{{arguments}} }""")}} }""");
        return await attacker.AskAsync(Attacker.Head(world.Port, key, $"MCP-Protocol-Version: {StdioSession.New}\r\nMcp-Method: tools/call\r\nMcp-Name: call_operation"), body);
    }

    // Sessions, and a stream of each.
    private async Task<string> FloodAsync()
    {
        var all = Enumerable.Range(0, 400).Select(_ => new Attacker(world.Port)).ToList();
        try
        {
            var body = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"flood","version":"1"}}}""";
            var ends = new List<int>();
            foreach (var attacker in all)
            {
                using var opening = new Attacker(world.Port);
                var opened = await opening.AskAsync(Attacker.Head(world.Port, key), Encoding.ASCII.GetBytes(body));
                var session = opened.Head.Split("\r\n").FirstOrDefault(static line => line.StartsWith("Mcp-Session-Id: ", StringComparison.OrdinalIgnoreCase));
                if (session is null)
                {
                    ends.Add((int)opened.Status);
                    continue;
                }

                await attacker.ConnectAsync();
                await attacker.SendAsync(Encoding.ASCII.GetBytes($"{Attacker.Head(world.Port, key, session, "GET")}\r\n\r\n"));
                ends.Add(int.Parse((await attacker.LineAsync()).Split(' ')[1], CultureInfo.InvariantCulture));
            }

            return string.Join(' ', ends.Distinct());
        }
        finally
        {
            all.ForEach(static attacker => attacker.Dispose());
        }
    }
}
