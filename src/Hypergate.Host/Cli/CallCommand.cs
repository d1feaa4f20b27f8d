using System.Text.Json;
using Hypergate.Host.Composition;
using Hypergate.Model;
using Hypergate.Schemas;
using Hypergate.Tools;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate call TOOL '{json}' [--yes]</c>: one tool from the shell, through the same pipeline as an assistant's.</summary>
internal static class CallCommand
{
    private const string Way = "command line";

    public static async Task<int> RunAsync(Gateway gateway, CallRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        if (Parse(request.Arguments) is not { } arguments)
        {
            await terminal.Error.WriteLineAsync($"The arguments are not a JSON object.\nWrite them as one word: hypergate call {request.Tool} '{{\"operation\":\"…\"}}'");
            return ExitCode.Refused;
        }

        gateway.Start();
        if (await gateway.Tools.FindAsync(request.Tool, cancellationToken) is not { } tool)
        {
            var nearest = NearestName.Find(request.Tool, gateway.Tools.Current.Select(static known => known.Name));
            await terminal.Error.WriteLineAsync($"There is no tool '{request.Tool}'{(nearest is null ? "." : $"; did you mean '{nearest}'?")} {gateway.Gap ?? "'hypergate tools' lists them."}");
            return gateway.Gap is null ? ExitCode.Refused : ExitCode.Failed;
        }

        var conversation = new Conversation(
            news => terminal.Error.WriteLine($"… {news.Message}"),
            Asking(request.Yes, terminal));
        var result = await tool.Run(new ToolRequest(gateway.Local.By("cli"), arguments, conversation), cancellationToken);
        return await ShowAsync(result, terminal);
    }

    private static async Task<int> ShowAsync(ToolResult result, Terminal terminal)
    {
        if (result.IsError)
        {
            await terminal.Error.WriteLineAsync(result.Text);
            return ExitCode.Failed;
        }

        if (result.Note.Length > 0)
        {
            await terminal.Error.WriteLineAsync(result.Note);
        }

        await terminal.Output.WriteLineAsync(result.Text);
        if (result.Structured is { } data && data.Value.TryGetProperty("status", out var status) && status.ValueEquals("confirmation_required"))
        {
            await terminal.Error.WriteLineAsync("From the shell, add --yes to run exactly this.");
            return ExitCode.NeedsConsent;
        }

        return ExitCode.Done;
    }

    private static Func<Question, CancellationToken, Task<Answer>>? Asking(bool yes, Terminal terminal)
    {
        if (yes)
        {
            return static (question, _) => Task.FromResult(new Answer(true, question.Seal, Way));
        }

        return terminal.ReadLine is { } readLine ? (question, _) => Task.FromResult(Ask(question, readLine, terminal)) : null;
    }

    private static Answer Ask(Question question, Func<string?> readLine, Terminal terminal)
    {
        terminal.Error.WriteLine(question.Text);
        terminal.Error.Write(question switch
        {
            { TypeToConfirm: { } name } => $"Type {name} to do it: ",
            { ForAll: { } all } => $"Do it? Type yes. {all}: type all. ",
            _ => "Do it? Type yes: ",
        });
        var typed = readLine()?.Trim();
        var isForAll = typed == "all" && question is { TypeToConfirm: null, ForAll: not null };
        return new Answer(isForAll || typed == (question.TypeToConfirm ?? "yes"), question.Seal, Way) { ForAll = isForAll };
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            var value = JsonElement.Parse(text);
            return value.ValueKind == JsonValueKind.Object ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What to call, as typed.</summary>
internal sealed record CallRequest(string Tool, string Arguments, bool Yes);
