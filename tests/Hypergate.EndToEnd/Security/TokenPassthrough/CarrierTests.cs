using System.Net;
using System.Text;
using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Security.OAuth;
using Hypergate.Simulator.Faults;

namespace Hypergate.EndToEnd.Security.TokenPassthrough;

/// <summary>Suite S6: four ways to bring a credential, three kinds of calls: whatever the platform receives, the client's credential is not in it.</summary>
[Trait("Suite", "S6")]
[Trait("Rule", "R-PASS")]
[Trait("Aisvs", "10.2.7")]
[Trait("Mcp", "MCP01")]
public sealed class CarrierTests(OAuthWorld world) : IClassFixture<OAuthWorld>
{
    private static readonly string[] Carriers = ["OAuth token", "key as bearer", "key in its own header", "key in the address"];
    private static readonly string[] Calls = ["a read", "a change", "a failure"];

    public static TheoryData<string, string> Cases => [.. Carriers.SelectMany(static carrier => Calls.Select(call => (carrier, call)))];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(12, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_clients_credential_reaches_no_platform(string carrier, string call)
    {
        var credential = carrier == "OAuth token" ? world.Token(role: "vm-own") : await world.KeyAsync($"anna-{Guid.NewGuid():n}"[..20], "admin");
        var seen = (int)world.Xo.Requests.Count;

        await (call switch
        {
            "a read" => ReadAsync(carrier, credential),
            "a change" => ChangeAsync(carrier, credential),
            _ => FailAsync(carrier, credential),
        });

        var received = world.Xo.Requests.All.Skip(seen).Select(static request =>
            $"{request.Target}\n{string.Join('\n', request.Headers.Select(static header => $"{header.Key}: {header.Value}"))}\n{Encoding.UTF8.GetString(request.Body.Span)}").ToList();
        Assert.NotEmpty(received);
        Assert.Contains(received, request => request.Contains(world.Xo.Token, StringComparison.Ordinal));
        foreach (var part in Parts(credential))
        {
            Assert.DoesNotContain(received, request => request.Contains(part, StringComparison.Ordinal));
        }
    }

    private async Task ReadAsync(string carrier, string credential)
    {
        var reply = await CallAsync(carrier, credential, "vms_query", """{"operation":"GetVms","fields":"id","limit":1}""");
        Assert.False(reply.Message.IsToolError, reply.Body);
    }

    private async Task ChangeAsync(string carrier, string credential)
    {
        var list = await CallAsync(carrier, credential, "vms_query", """{"operation":"GetVms","fields":"id","limit":1,"format":"csv"}""");
        var call = $$"""{"operation":"PutVmTag","id":"{{list.Message.Data.GetProperty("rows")[0].GetProperty("id").GetString()}}","tag":"one"}""";
        var token = Answers.Token((await CallAsync(carrier, credential, "vms_action", call)).Message.Text);
        var done = await CallAsync(carrier, credential, "vms_action", $"{call[..^1]},\"confirm_token\":\"{token}\"}}");
        Assert.False(done.Message.IsToolError, done.Body);
    }

    // Refused by the platform: a gateway that then tried the client's own credential would show it here.
    private async Task FailAsync(string carrier, string credential)
    {
        world.Xo.Faults.Add(new Fault { Path = "/vms", Status = 401, Times = 1, Body = """{"error":"who are you?"}""" });
        var reply = await CallAsync(carrier, credential, "vms_query", """{"operation":"GetVms","fields":"id","limit":1}""");
        world.Xo.Faults.Clear();
        Assert.True(reply.Message.IsToolError, reply.Body);
    }

    private async Task<McpReply> CallAsync(string carrier, string credential, string tool, string arguments)
    {
        var body = $$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{StdioSession.WithMeta($$"""{"name":"{{tool}}","arguments":{{arguments}} }""")}} }""";
        using var request = new HttpRequestMessage(HttpMethod.Post, carrier == "key in the address" ? new Uri($"{world.Program.Address}/{credential}") : world.Program.Address)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in new[] { ("Accept", McpPost.Both), ("MCP-Protocol-Version", StdioSession.New), ("Mcp-Method", "tools/call"), ("Mcp-Name", tool) })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (carrier is "key in its own header")
        {
            request.Headers.Add("X-API-Key", credential);
        }
        else if (carrier is not "key in the address")
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        }

        using var response = await world.Program.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    // The whole, and what would still tell it: the signature, the secret part, and their base64.
    private static IEnumerable<string> Parts(string credential)
    {
        var secret = credential.StartsWith("hg_", StringComparison.Ordinal) ? credential.Split('_', 3)[2] : credential.Split('.')[2];
        yield return credential;
        yield return secret;
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(credential)).TrimEnd('=');
    }
}
