using Hypergate.Model;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>What a person is shown of a call is what will be sent.</summary>
public sealed class DadlConsentTests
{
    [Fact]
    public async Task The_question_shows_host_path_query_headers_and_body_where_each_goes()
    {
        await using var api = await DadlApi.StartAsync(
            """
              tools:
                send:
                  method: POST
                  path: "https://other.example/v1/{vm id}/go?mode=fast&vm={vm id}"
                  access: write
                  description: Send
                  params:
                    "vm id": { type: string, in: path, required: true }
                    limit: { type: integer, in: query }
                    X-Reason: { type: string, in: header }
                    note: { type: string, in: body }

            """,
            new DadlWishes { Settings = static settings => settings with { AllowHosts = ["other.example"] } });
        var question = "";
        var asking = new Conversation(static _ => { }, (asked, _) =>
        {
            question = asked.Text;
            return Task.FromResult(new Answer(false, asked.Seal, "test"));
        });

        await api.Gateway.Parts.Pipeline.RunAsync(
            new Call { Backend = "api", Operation = api.Find("send"), Caller = Caller.LocalUser, Arguments = System.Text.Json.JsonElement.Parse("""{"vm id":"a/b","limit":2,"X-Reason":"R1","note":"n"}"""), Conversation = asking },
            TestContext.Current.CancellationToken);

        Assert.Contains("**Path:** https://other.example/v1/a%2Fb/go?mode=fast&vm=a%2Fb&limit=2", question, StringComparison.Ordinal);
        Assert.Contains("**Headers:** {\"X-Reason\":\"R1\"}", question, StringComparison.Ordinal);
        Assert.Contains("**Body:** {\"note\":\"n\"}", question, StringComparison.Ordinal);
    }
}
