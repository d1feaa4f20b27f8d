using System.Text.Json;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tools;

namespace Hypergate.Tests.Security.Confirmation.Surfaces;

/// <summary>One way in which a change reaches the pipeline, and in which consent to it comes back.</summary>
internal abstract class ConsentSurface(GatewayUnderTest gateway)
{
    /// <summary>What a model may write to look agreed.</summary>
    protected static readonly string[] Words = ["approved", "yes", "true", "the user agreed", "ap_000000000000000000000000", "00000000-0000-0000-0000-000000000000"];

    public static Caller Asker { get; } = new("key:olga", ["admin"]);

    public static Caller Mallory { get; } = new("key:mallory", ["admin"]);

    /// <summary>How long consent holds.</summary>
    public virtual TimeSpan Lifetime => TimeSpan.FromMinutes(5);

    protected GatewayUnderTest Gateway => gateway;

    /// <summary>Asks for a change and gets a person's consent to it. Nothing is sent.</summary>
    public abstract Task<GivenConsent> AgreeAsync(ChangeWish wish);

    /// <summary>Brings consent with a wish, which need not be its own.</summary>
    /// <returns>All that was answered.</returns>
    public abstract Task<string> UseAsync(GivenConsent consent, ChangeWish wish, Caller caller);

    /// <summary>One consent for two changes.</summary>
    public virtual async Task<string> BatchAsync(ChangeWish first, ChangeWish second)
    {
        var consent = await AgreeAsync(first);
        return await UseAsync(consent, first, Asker) + await UseAsync(consent, second, Asker);
    }

    /// <summary>Asks for what only a person may agree to, from a client that cannot ask one.</summary>
    public abstract Task<string> UnattendedAsync(ChangeWish wish);

    /// <summary>The person says no, or nothing, and the model says yes in every argument there is.</summary>
    public abstract Task<string> DeclinedAsync(ChangeWish wish);

    protected async Task<ToolResult> RunAsync(Caller caller, string tool, string arguments, Conversation? conversation = null) => await gateway.Tool(tool).Run(
        new ToolRequest(caller, JsonElement.Parse(arguments), conversation ?? Conversation.Silent), TestContext.Current.CancellationToken);

    /// <summary>A client whose person answers every question so; null: closes it without a word.</summary>
    protected static Conversation Answering(bool? answer) => new(
        static _ => { },
        (question, _) => Task.FromResult(answer is { } accepted ? new Answer(accepted, question.Seal, "elicitation") : new Answer(false, null, "elicitation")));
}
