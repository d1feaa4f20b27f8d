using System.Text;
using System.Text.Json;
using Hypergate.Host.Mcp.Http;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Tests.Security.Confirmation.Surfaces;

/// <summary>A request that waits for another person, who decides over the API of the console.</summary>
internal sealed class ConsoleSurface(GatewayUnderTest gateway, TimeProvider time) : ConsentSurface(gateway)
{
    private static readonly Caller Bob = new("key:bob", ["admin"]);
    private static readonly Caller Eve = new("key:eve", ["admin"]);

    private readonly ApprovalsEndpoint _console = new(() => gateway.Gateway.Parts.State.Approvals, time);

    public override TimeSpan Lifetime => Gateway.Gateway.Parts.State.Approvals.Lifetime;

    public override async Task<GivenConsent> AgreeAsync(ChangeWish wish)
    {
        var id = await RequestedAsync(wish);
        Assert.Equal(200, (await PostAsync(Bob, id, "approve")).Status);
        return new(wish, id);
    }

    public override async Task<string> UseAsync(GivenConsent consent, ChangeWish wish, Caller caller) => (await CallAsync(caller, wish, consent.Token)).Text;

    public override async Task<string> UnattendedAsync(ChangeWish wish)
    {
        // Neither the requester's own word at the console, nor none, nor a made-up id.
        var id = await RequestedAsync(wish);
        var own = await PostAsync(Asker, id, "approve");
        Assert.Equal(409, own.Status);
        return own.Body + (await CallAsync(Asker, wish, id)).Text + (await CallAsync(Asker, wish, Words[^2])).Text;
    }

    public override async Task<string> DeclinedAsync(ChangeWish wish)
    {
        var id = await RequestedAsync(wish);
        Assert.Equal(200, (await PostAsync(Bob, id, "deny", """{"reason":"approved"}""")).Status);
        var late = await PostAsync(Eve, id, "approve");
        Assert.Equal(409, late.Status);
        var forged = await PostAsync(Asker, id, "approve", """{"reason":"approved","by":"key:eve","approved":true}""");
        Assert.Equal(400, forged.Status);
        return late.Body + forged.Body + (await CallAsync(Asker, wish, id)).Text + (await CallAsync(Asker, wish with { Tag = "approved" }, null)).Text;
    }

    private async Task<string> RequestedAsync(ChangeWish wish) => GatewayUnderTest.Token((await CallAsync(Asker, wish, null)).Text);

    private Task<Hypergate.Tools.ToolResult> CallAsync(Caller caller, ChangeWish wish, string? token) => RunAsync(
        caller, ChangingCall.Tool, $$"""{"operation":"{{wish.Operation}}","backend":"{{wish.Backend}}",{{wish.Members}}{{(token is null ? "" : $",\"confirm_token\":\"{token}\"")}}}""");

    private async Task<(int Status, string Body)> PostAsync(Caller caller, string id, string word, string body = "")
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        http.Request.Path = $"{ApprovalsEndpoint.Root}/{id}/{word}";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await _console.HandleAsync(http, caller);
        await http.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(answer.ToArray());
        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(text).ValueKind);
        return (http.Response.StatusCode, text);
    }
}
