*** Settings ***
Documentation    add-module gives an instance that waits for its first configuration.
Resource         node.resource

*** Test Cases ***
The module is added
    ${instance} =    Add the module    ${IMAGE_URL}
    Set Global Variable    ${MODULE_ID}    ${instance}

It is off until it is configured
    ${configuration} =    Run the action    get-configuration
    Should Be Equal    ${configuration['mail']}    off
    Should Be Empty    ${configuration['recipients']}
    The service should be    inactive

Its token is for its own user alone
    ${modes} =    Run as the module    stat -c %a webhook.header daemon/webhook-token
    Should Be Equal    ${modes}    600\n600

Its token is in nothing that the cluster can read
    ${token} =    Run the action    reveal-webhook-token
    ${environment} =    Execute Command    redis-cli --raw HGETALL module/${MODULE_ID}/environment
    Should Contain    ${environment}    TCP_PORT
    Should Not Contain    ${environment}    ${token['webhook_token']}
