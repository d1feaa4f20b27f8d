using Hypergate.Model;
using Hypergate.Results.Secrets;
using Hypergate.Results.Text;

namespace Hypergate.Tools;

/// <summary>
/// Stands between every tool and its caller: known secrets go through in no text, name or value; errors and news are clean and short; a
/// bug is an error with a number, whose story is in the log.
/// </summary>
/// <param name="scrubber">The secrets of this process.</param>
/// <param name="report">Logs a bug: its number and what happened.</param>
internal sealed class ToolBoundary(SecretScrubber scrubber, Action<string, Exception> report)
{
    private const int LongestError = 6_000;
    private const int LongestNews = 300;

    public ToolDefinition Around(ToolDefinition tool) =>
        tool with { Run = (request, cancellationToken) => RunAsync(tool, request, cancellationToken) };

    private async Task<ToolResult> RunAsync(ToolDefinition tool, ToolRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return Clean(await tool.Run(request with { Conversation = Clean(request.Conversation) }, cancellationToken));
        }
#pragma warning disable CA1031 // The one boundary where a bug becomes an answer.
        catch (Exception exception) when (exception is not AnswerAwaitedException && !IsGivenUp(exception, cancellationToken))
#pragma warning restore CA1031
        {
            var number = Guid.NewGuid().ToString("n")[..12];
            report(number, exception);
            return ToolResult.Error($"Internal error {number} in {tool.Name}. The log of the gateway says more.");
        }
    }

    private static bool IsGivenUp(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private ToolResult Clean(ToolResult result) => result with
    {
        Text = result.IsError ? Error(result.Text) : scrubber.Scrub(result.Text),
        Note = scrubber.Scrub(result.Note),
        Structured = result.Structured is { } data ? ScrubbedJson.Of(data, scrubber) : null,
    };

    private string Error(string text)
    {
        var clean = CleanText.Inert(SecretPatterns.Hide(scrubber.Scrub(text)));
        return clean.Length <= LongestError ? clean : $"{CleanText.Start(clean, LongestError)}…";
    }

    private Conversation Clean(Conversation conversation) => conversation with
    {
        Report = news => conversation.Report(news with { Message = CleanText.Line(SecretPatterns.Hide(scrubber.Scrub(news.Message)), LongestNews) }),
        Ask = conversation.Ask is { } ask ? (question, token) => ask(question with { Text = scrubber.Scrub(question.Text) }, token) : null,
    };
}
