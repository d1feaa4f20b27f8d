namespace Hypergate.Descriptions;

/// <summary>A description that cannot be used at all. The message is for an operator.</summary>
public sealed class DescriptionException : Exception
{
    public DescriptionException()
    {
    }

    public DescriptionException(string message)
        : base(message)
    {
    }

    public DescriptionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
