namespace Hypergate.Simulator.XenOrchestra.Answers;

/// <summary>How a list is written.</summary>
internal enum ListForm
{
    Json,
    Ndjson,
    Markdown,
}
