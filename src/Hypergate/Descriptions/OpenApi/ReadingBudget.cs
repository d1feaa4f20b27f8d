namespace Hypergate.Descriptions.OpenApi;

/// <summary>Bounds the work on a document in which a few bytes can stand for gigabytes.</summary>
/// <param name="limits">What a document may cost.</param>
/// <param name="cuts">Whether schemas are cut where they would cost more, so that the operation stays.</param>
internal sealed class ReadingBudget(DescriptionLimits limits, bool cuts = false)
{
    private int _operationNodes;
    private int _operationBytes;
    private int _documentNodes;
    private int _documentBytes;

    public int SchemaDepth => limits.SchemaDepth;

    /// <summary>Whether the present operation has had its share.</summary>
    public bool IsSpent => _operationNodes > limits.NodesOfAnOperation || _documentNodes > limits.NodesOfTheDocument;

    public void BeginOperation()
    {
        _operationNodes = 0;
        _operationBytes = 0;
    }

    public void SpendNodes(int count)
    {
        _operationNodes += count;
        _documentNodes += count;
        if (cuts)
        {
            return;
        }

        if (_operationNodes > limits.NodesOfAnOperation)
        {
            throw new UnusableOperationException($"its schemas have more than {limits.NodesOfAnOperation} parts");
        }

        if (_documentNodes > limits.NodesOfTheDocument)
        {
            throw new UnusableOperationException($"the document's schemas have more than {limits.NodesOfTheDocument} parts");
        }
    }

    /// <summary>Bytes of a finished schema.</summary>
    /// <param name="isNew">Whether no other operation has the same.</param>
    public void SpendBytes(int count, bool isNew)
    {
        _operationBytes += count;
        _documentBytes += isNew ? count : 0;
        if (_operationBytes > limits.SchemaBytesOfAnOperation)
        {
            throw new UnusableOperationException($"its schemas have more than {limits.SchemaBytesOfAnOperation} bytes");
        }

        if (_documentBytes > limits.SchemaBytesOfTheDocument)
        {
            throw new UnusableOperationException(
                $"the document's schemas have more than {limits.SchemaBytesOfTheDocument} bytes");
        }
    }
}
